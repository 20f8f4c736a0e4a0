package dev.bulla.server.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, such as {@code 10.0.0.0/8}, {@code ::1} or {@code 192.0.2.7}.
 *
 * @param first the address that the others are compared with
 * @param bits how many leading bits count
 */
public record AddressRange(InetAddress first, int bits) {
    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]+");

    /**
     * A numeric address, alone or with {@code /bits}; names are refused, since looking them up asks the network.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!NUMERIC.matcher(address).matches()) {
            throw bad(text);
        }
        try {
            var first = InetAddress.getByName(address);
            int most = first.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > most) {
                throw bad(text);
            }
            return new AddressRange(first, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException(bad(text).getMessage(), e);
        }
    }

    /** Whether this address is one of them. */
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("not an address or a range of addresses such as 10.0.0.0/8: " + text);
    }
}

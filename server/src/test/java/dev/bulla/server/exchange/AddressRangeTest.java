package dev.bulla.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1,      127.0.0.1,       true
            127.0.0.1,      127.0.0.2,       false
            10.0.0.0/8,     10.255.3.4,      true
            10.0.0.0/8,     11.0.0.0,        false
            192.168.4.0/22, 192.168.7.255,   true
            192.168.4.0/22, 192.168.8.0,     false
            0.0.0.0/0,      203.0.113.9,     true
            0.0.0.0/0,      ::1,             false
            ::1,            ::1,             true
            2001:db8::/32,  2001:db8:1::9,   true
            2001:db8::/32,  2001:db9::1,     false
            """)
    void a_range_holds_the_addresses_that_begin_with_its_bits(String range, String address, boolean holds)
            throws UnknownHostException {
        assertEquals(holds, AddressRange.parse(range).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::1/129"})
    void what_is_no_numeric_range_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }
}

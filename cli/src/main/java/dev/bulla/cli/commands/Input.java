package dev.bulla.cli.commands;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** One thing that a command is told on its line: a flag, an option with a value, or words. Not safe to share. */
final class Input<T> {
    /** How it is written. */
    private enum Way {
        FLAG,
        OPTION,
        WORD,
        WORDS
    }

    private final Way way;
    private final String[] names;
    private final String arity;
    private final Class<?> type;
    private final String label;
    private final String description;
    private boolean everywhere;
    private @Nullable T value;

    private Input(Way way, String[] names, String arity, Class<?> type, String label, String description) {
        this.way = way;
        this.names = names;
        this.arity = arity;
        this.type = type;
        this.label = label;
        this.description = description;
    }

    /** A flag: there or not. {@code names} are separated by blanks, such as {@code "-q --quiet"}. */
    static Input<Boolean> flag(String names, String description) {
        return new Input<>(Way.FLAG, names.split(" "), "0", boolean.class, "", description);
    }

    /** An option that is followed by a value of this type. */
    static <T> Input<T> option(String name, Class<T> type, String label, String description) {
        return new Input<>(Way.OPTION, new String[] {name}, "1", type, label, description);
    }

    /** A word that must be there. */
    static <T> Input<T> word(Class<T> type, String label, String description) {
        return new Input<>(Way.WORD, new String[0], "1", type, label, description);
    }

    /** A word that may be there. */
    static <T> Input<T> optionalWord(Class<T> type, String label, String description) {
        return new Input<>(Way.WORD, new String[0], "0..1", type, label, description);
    }

    /** All remaining words, at least {@code least} of them. */
    static Input<String[]> words(int least, String label, String description) {
        return new Input<>(Way.WORDS, new String[0], least + "..*", String[].class, label, description);
    }

    /** The same, taken by every subcommand too. */
    Input<T> everywhere() {
        everywhere = true;
        return this;
    }

    /** What was given. */
    Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** What was given for something that the parser insists on. */
    T required() {
        return value().orElseThrow();
    }

    /** What was given for {@link #words}, in order. */
    static List<String> list(Input<String[]> words) {
        return words.value().map(List::of).orElse(List.of());
    }

    /** Whether a flag was given. */
    static boolean isSet(Input<Boolean> flag) {
        return flag.value().orElse(false);
    }

    void addTo(CommandSpec spec) {
        switch (way) {
            case FLAG, OPTION -> spec.addOption(option());
            case WORD, WORDS -> spec.addPositional(positional());
        }
    }

    private OptionSpec option() {
        String longest = names[names.length - 1];
        return OptionSpec.builder(names)
                .arity(arity)
                .type(type)
                .paramLabel(label)
                .description(description)
                .scopeType(everywhere ? ScopeType.INHERIT : ScopeType.LOCAL)
                .usageHelp(longest.equals("--help"))
                .versionHelp(longest.equals("--version"))
                .getter(new Getter())
                .setter(new Setter())
                .build();
    }

    private PositionalParamSpec positional() {
        return PositionalParamSpec.builder()
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(type)
                .paramLabel(label)
                .description(description)
                .getter(new Getter())
                .setter(new Setter())
                .build();
    }

    /** Shows picocli the value. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli asks for the type that it was told
    private final class Getter implements IGetter {
        @Override
        public <V> @Nullable V get() {
            return (V) value;
        }
    }

    /** Takes the value from picocli, converted to the type that it was told. */
    @SuppressWarnings("unchecked")
    private final class Setter implements ISetter {
        @Override
        public <V> @Nullable V set(V given) {
            T before = value;
            value = (T) given;
            return (V) before;
        }
    }
}

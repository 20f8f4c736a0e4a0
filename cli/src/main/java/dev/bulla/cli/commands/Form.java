package dev.bulla.cli.commands;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command is called, says of itself and takes.
 *
 * <p>Commands are described with this and not with picocli's annotations: reading annotations takes the JVM a third of
 * the time in which a small command is done.
 */
record Form(String name, String description, List<Input<?>> inputs, List<String> examples, List<Command> subcommands) {
    Form {
        inputs = List.copyOf(inputs);
        examples = List.copyOf(examples);
        subcommands = List.copyOf(subcommands);
    }

    /** A command that takes {@code inputs}. */
    static Form of(String name, String description, Input<?>... inputs) {
        return new Form(name, description, List.of(inputs), List.of(), List.of());
    }

    /** A word that only other commands follow. */
    static Form group(String name, String description, Command... subcommands) {
        return new Form(name, description, List.of(), List.of(), List.of(subcommands));
    }

    /** The same, with lines to try. */
    Form examples(String... lines) {
        return new Form(name, description, inputs, List.of(lines), subcommands);
    }

    /** The same for picocli; {@code user} is what it runs. */
    CommandSpec spec(Object user) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(user).name(name);
        inputs.forEach(input -> input.addTo(spec));
        spec.usageMessage()
                .description(sentences())
                .sortOptions(false)
                .synopsisSubcommandLabel("COMMAND")
                .footer(footer());
        return spec;
    }

    /** The first sentence by itself: lists of commands show no more than that. */
    private String[] sentences() {
        int end = description.indexOf(". ");
        return end < 0
                ? new String[] {description}
                : new String[] {description.substring(0, end + 1), description.substring(end + 2)};
    }

    private String[] footer() {
        if (examples.isEmpty()) {
            return new String[0];
        }
        String heading = examples.size() == 1 ? "Example:" : "Examples:";
        return Stream.concat(Stream.of("", heading), examples.stream().map(line -> "  " + line))
                .toArray(String[]::new);
    }
}

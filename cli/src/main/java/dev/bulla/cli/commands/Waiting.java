package dev.bulla.cli.commands;

import dev.bulla.cli.output.Output;

/** Says, once, that an index is waited for, where progress is shown. Not safe to share between threads. */
final class Waiting {
    private final Output output;
    private boolean told;

    Waiting(Output output) {
        this.output = output;
    }

    void tell() {
        if (!told && output.style().progress()) {
            output.say("waiting for the index");
        }
        told = true;
    }
}

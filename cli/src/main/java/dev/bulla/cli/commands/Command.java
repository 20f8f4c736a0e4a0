package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import java.io.IOException;

/** Something that can be asked of Bulla on its command line. */
interface Command {

    /** What it is called and takes. */
    Form form();

    /**
     * Does it.
     *
     * @throws IOException for files and networks; the caller says so and ends with 3
     */
    Exit run(BullaCommand bulla) throws IOException, InterruptedException;
}

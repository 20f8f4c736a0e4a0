package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
    @TempDir
    private Path folder;

    private String script(String shell) {
        var ended = CommandRun.at(folder).run("completion", shell);
        assertEquals(0, ended.status(), ended.err());
        return ended.out();
    }

    @Test
    void bash_accepts_the_script_and_completes_with_it() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Path script = Files.writeString(folder.resolve("bulla.bash"), script("bash"));
        String ask = "source " + script
                + "; COMP_WORDS=(bulla ver); COMP_CWORD=1; _complete_bulla 2>/dev/null; echo ${COMPREPLY[@]}";
        var process = new ProcessBuilder("/bin/bash", "-c", ask)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("verify"), said);
    }

    @Test
    void fish_gets_every_command_and_option_with_its_description() {
        String script = script("fish");
        assertTrue(script.contains("-a verify -d 'Proves that"), script);
        assertTrue(
                script.contains("-n '__fish_seen_subcommand_from verify' -l root-sha256 -r -F"), "option of a command");
        assertTrue(
                script.lines()
                        .anyMatch(line -> line.startsWith("complete -c bulla -n '__fish_seen_subcommand_from channel;"
                                        + " and not __fish_seen_subcommand_from list create ")
                                && line.contains("' -a create -d ")),
                "command of a group");
        assertTrue(script.lines().allMatch(line -> line.startsWith("complete -c bulla ")), script);
    }

    @Test
    void powershell_gets_a_table_of_words_by_command() {
        String script = script("powershell");
        assertTrue(script.contains("'channel' = @('list', 'create', "), script);
        assertTrue(script.contains("Register-ArgumentCompleter -Native -CommandName bulla"), script);
    }

    @Test
    void an_unknown_shell_is_a_usage_error() {
        assertEquals(2, CommandRun.at(folder).run("completion", "tcsh").status());
    }
}

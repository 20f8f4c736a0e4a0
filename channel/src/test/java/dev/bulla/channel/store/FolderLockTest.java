package dev.bulla.channel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void one_at_a_time_holds_the_folder() throws IOException {
        var data = DataFolder.create(folder);
        try (var _ = FolderLock.take(data)) {
            var refusal = assertThrows(ProblemException.class, () -> FolderLock.take(data));
            assertEquals(Code.DATA_IN_USE, refusal.problem().code());
            assertTrue(FolderLock.tryTake(data).isEmpty());
        }
        FolderLock.take(data).close();
    }

    @Test
    void nobody_else_may_open_the_file_and_so_hold_up_the_start() throws IOException {
        var data = DataFolder.create(folder);
        FolderLock.take(data).close();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.lock())));
    }

    @Test
    void another_process_is_refused_until_the_holder_is_killed() throws Exception {
        var data = DataFolder.create(folder);
        var holder = ChildJvm.start(HoldLock.class, folder.toString());
        try {
            assertEquals("held", holder.inputReader().readLine());
            assertTrue(FolderLock.tryTake(data).isEmpty());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        FolderLock.take(data).close();
    }

    /** Takes the lock, says so, and holds it until it is killed. */
    static final class HoldLock {
        public static void main(String[] args) throws Exception {
            try (var _ = FolderLock.take(DataFolder.create(Path.of(args[0])))) {
                System.out.println("held");
                System.in.read();
            }
        }
    }
}

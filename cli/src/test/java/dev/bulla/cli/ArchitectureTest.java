package dev.bulla.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. */
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bulla");

    @Test
    void every_module_is_looked_at() {
        for (String module : List.of("problem", "trust", "conda", "channel", "client", "server", "cli")) {
            assertFalse(
                    ALL.stream().noneMatch(type -> type.getPackageName().startsWith("dev.bulla." + module)),
                    "no class of " + module + " was found, so nothing is checked about it");
        }
    }

    @Test
    void trust_uses_the_jdk_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage("dev.bulla.trust..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.bulla.trust..", "java..", "javax.crypto..", "org.jspecify.annotations..")
                .check(ALL);
    }

    @Test
    void trust_does_no_input_and_output() {
        noClasses()
                .that()
                .resideInAPackage("dev.bulla.trust..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.net.http..", "java.sql..", "java.util.logging..")
                .check(ALL);
    }

    @Test
    void the_arrows_between_modules_are_those_of_the_map() {
        mayUse("problem", List.of());
        mayUse("conda", List.of("problem"));
        mayUse("channel", List.of("problem", "trust", "conda"));
        mayUse("client", List.of("problem", "trust", "conda"));
        mayUse("server", List.of("problem", "trust", "conda", "channel"));
        mayUse("cli", List.of("problem", "trust", "conda", "channel", "client", "server"));
    }

    private static void mayUse(String module, List<String> others) {
        List<String> forbidden =
                List.of("problem", "trust", "conda", "channel", "client", "server", "cli", "testkit").stream()
                        .filter(other -> !other.equals(module) && !others.contains(other))
                        .toList();
        noClasses()
                .that()
                .resideInAPackage("dev.bulla." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.stream()
                        .map(other -> "dev.bulla." + other + "..")
                        .toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void packages_of_channel_form_no_cycle() {
        slices().matching("dev.bulla.channel.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void packages_of_other_modules_form_no_cycle() {
        for (String module : List.of("trust", "conda", "client", "server")) {
            slices().matching("dev.bulla." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(ALL);
        }
    }

    @Test
    void sql_is_written_in_tables_and_in_the_store_only() {
        noClasses()
                .that(not(resideInAPackage("dev.bulla.channel.store..")).and(not(simpleNameEndingWith("Table"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.jdbi.v3.core.statement..", "org.sqlite.."))
                .check(ALL);
    }

    @Test
    void the_http_library_is_known_to_server_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bulla.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(ALL);
    }

    @Test
    void time_environment_and_standard_streams_are_taken_in_cli_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bulla.cli..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void commands_speak_through_output_and_not_through_the_system() {
        noClasses()
                .that()
                .resideInAPackage("dev.bulla.cli..")
                .and()
                .doNotHaveFullyQualifiedName("dev.bulla.cli.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callConstructor(PrintStream.class, OutputStream.class)
                .check(ALL);
    }
}

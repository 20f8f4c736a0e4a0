package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The table of commands, in the order of the help, and the one place where failures become exit codes. */
public enum Commands {
    SERVE,
    DEMO,
    PUBLISH,
    VERIFY,
    YANK,
    RESTORE,
    LABEL,
    NOTICE,
    CLIENT,
    CHANNEL,
    TOKEN,
    ROOT,
    LOGIN,
    WHOAMI,
    STATUS,
    DOCTOR,
    FSCK,
    ADMIN_TOKEN,
    EXPLAIN,
    CONFIG,
    COMPLETION,
    VERSION,
    HELP;

    /** Options of the root that are followed by a value. */
    private static final Set<String> WITH_VALUE = Set.of("--server", "--token", "--token-file", "--config", "--color");

    private static final Set<String> VERSION_OPTIONS = Set.of("-V", "--version");

    private Command make() {
        return switch (this) {
            case SERVE -> new ServeCommand();
            case DEMO -> new DemoCommand();
            case PUBLISH -> new PublishCommand();
            case VERIFY -> new VerifyCommand();
            case YANK -> new YankCommand();
            case RESTORE -> new RestoreCommand();
            case LABEL ->
                new Group(Form.group(
                        "label",
                        "Shows artifacts of a channel under further labels, or under fewer.",
                        LabelCommand.add(),
                        LabelCommand.remove()));
            case NOTICE ->
                new Group(Form.group(
                        "notice",
                        "Says something to everybody who uses a channel.",
                        new NoticeSetCommand(),
                        new NoticeListCommand(),
                        new NoticeRemoveCommand()));
            case CLIENT ->
                new Group(Form.group(
                        "client",
                        "Makes conda and mamba verify, and proves that they do.",
                        new ClientSetupCommand(),
                        new ClientDoctorCommand()));
            case CHANNEL ->
                new Group(Form.group(
                        "channel",
                        "Lists the channels of a server, makes one, fills one from another, writes one for a"
                                + " static host, counts or corrects what it has.",
                        new ChannelListCommand(),
                        new ChannelCreateCommand(),
                        new ChannelImportCommand(),
                        new ChannelExportCommand(),
                        new ChannelVisibilityCommand(),
                        new ChannelStatsCommand(),
                        new ChannelPatchCommand()));
            case TOKEN ->
                new Group(Form.group(
                        "token",
                        "Makes and ends tokens with which a channel may be read.",
                        new TokenCreateCommand(),
                        new TokenRevokeCommand()));
            case ROOT ->
                new Group(Form.group(
                        "root",
                        "Renews the root of a channel's trust.",
                        new RootRenewCommand(),
                        new RootPublishCommand()));
            case LOGIN -> new LoginCommand();
            case WHOAMI -> new WhoamiCommand();
            case STATUS -> new StatusCommand();
            case DOCTOR -> new DoctorCommand();
            case FSCK -> new FsckCommand();
            case ADMIN_TOKEN ->
                new Group(Form.group(
                        "admin-token", "Replaces the admin's token of a data folder.", new AdminTokenResetCommand()));
            case EXPLAIN -> new ExplainCommand();
            case CONFIG ->
                new Group(Form.group(
                        "config",
                        "Shows or checks the configuration.",
                        new ConfigShowCommand(),
                        new ConfigCheckCommand()));
            case COMPLETION -> new CompletionCommand();
            case VERSION -> new VersionCommand();
            case HELP -> new HelpCommand();
        };
    }

    /** Runs the command that {@code args} name; the exit code. */
    public static int run(Surroundings surroundings, String... args) {
        var bulla = new BullaCommand(surroundings, Arrays.asList(args).contains("--json"));
        CommandLine line = line(bulla, needed(args));
        if (args.length == 0) {
            line.usage(line.getErr());
            return Exit.USAGE.status();
        }
        return line.execute(args);
    }

    /** All commands, for help, completion and reference pages. */
    static CommandLine all(Surroundings surroundings) {
        return line(new BullaCommand(surroundings, false), List.of(values()));
    }

    private static CommandLine line(BullaCommand bulla, List<Commands> commands) {
        var spec = bulla.form().spec(bulla);
        spec.versionProvider(new Version(bulla));
        var line = new CommandLine(spec);
        commands.forEach(command -> add(line, command.make(), bulla));
        Surroundings surroundings = bulla.surroundings();
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, args) -> misunderstood(bulla, e));
        line.setExecutionExceptionHandler((e, failed, result) -> failed(bulla, e));
        return line;
    }

    private static void add(CommandLine above, Command command, BullaCommand bulla) {
        Form form = command.form();
        Callable<Integer> action = () -> command.run(bulla).status();
        var line = new CommandLine(form.spec(action));
        form.subcommands().forEach(sub -> add(line, sub, bulla));
        above.addSubcommand(form.name(), line);
    }

    /** The command that the first word names which is no option; all of them where help or suggestions may be wanted. */
    private static List<Commands> needed(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (WITH_VALUE.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                String name = args[i].toUpperCase(Locale.ROOT).replace('-', '_');
                var named = Arrays.stream(values())
                        .filter(command -> command.name().equals(name))
                        .toList();
                return named.isEmpty() ? List.of(values()) : named;
            } else if (VERSION_OPTIONS.contains(args[i])) {
                return List.of();
            }
        }
        return List.of(values());
    }

    private static int misunderstood(BullaCommand bulla, ParameterException e) {
        String where = e.getCommandLine().getCommandSpec().qualifiedName();
        String detail =
                switch (e) {
                    case UnmatchedArgumentException unmatched -> unknown(unmatched);
                    default -> Optional.ofNullable(e.getMessage()).orElse("the command line is wrong");
                };
        return bulla.output()
                .refuse(new Problem(Code.BAD_REQUEST, "%s (see %s --help)".formatted(detail, where)))
                .status();
    }

    private static String unknown(UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        String what = word.startsWith("-")
                ? "unknown option " + word
                : e.getCommandLine().getSubcommands().isEmpty()
                        ? "one word too many: " + word
                        : "there is no command " + word;
        return e.getSuggestions().isEmpty()
                ? what
                : what + "; did you mean " + String.join(" or ", e.getSuggestions()) + "?";
    }

    private static int failed(BullaCommand bulla, Exception e) {
        List<Problem> problems =
                e instanceof ArchiveException refused ? refused.problems() : List.of(problem(bulla, e));
        return bulla.output().refuse(problems).status();
    }

    private static Problem problem(BullaCommand bulla, Exception e) {
        return switch (e) {
            case ProblemException refused -> refused.problem();
            case IOException io -> new Problem(Code.DISK_ERROR, sentence(io));
            case UncheckedIOException io ->
                new Problem(Code.DISK_ERROR, sentence(Objects.requireNonNull(io.getCause())));
            default -> {
                e.printStackTrace(bulla.surroundings().err());
                yield new Problem(Code.INTERNAL_ERROR, "a fault of this program: " + e);
            }
        };
    }

    /** What happened to which file; the JDK says some of it in the exception's class only. */
    private static String sentence(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> none.getFile() + ": there is no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException there -> there.getFile() + ": there is a file of this name in the way";
            case FileSystemException other -> String.valueOf(other.getMessage());
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}

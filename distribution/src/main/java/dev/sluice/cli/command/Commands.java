package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.cli.run.Version;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.ConfigProblems;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole, for help and completion, and as the way to every command but a plain run. */
@Command(
        name = "sluice",
        description = "Receives, processes and exports telemetry as a configuration says.",
        versionProvider = Commands.VersionText.class,
        subcommands = {
            ValidateCommand.class,
            ComponentsCommand.class,
            PrintConfigCommand.class,
            FeatureGateCommand.class,
            CompletionCommand.class,
            DemoCommand.class,
            TestCommand.class,
            CheckCommand.class,
            SloCommand.class,
            DashboardsCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Commands extends CommandGroup {
    /** Does what the command line says and returns the exit code. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
        CommandLine line = commandLine();
        line.setOut(writer)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((e, command, result) -> fail(e, err))
                .setParameterExceptionHandler((e, raw) -> fail(new CommandException(usage(e), e), err));
        int code = line.execute(arguments.toArray(String[]::new));
        writer.flush();
        return code;
    }

    /** The flags of a run are there for help and completion: {@link dev.sluice.cli.run.RunArguments} reads them. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Commands()).setUsageHelpAutoWidth(true);
        line.getCommandSpec()
                .addMixin("config", CommandSpec.forAnnotatedObject(new ConfigOptions()))
                .addOption(OptionSpec.builder("--loops")
                        .type(int.class)
                        .paramLabel("N")
                        .description("Event loops; one a processor if absent. Sluice only.")
                        .build())
                .addOption(OptionSpec.builder("--drain-timeout")
                        .type(String.class)
                        .paramLabel("DURATION")
                        .description(
                                "How long the end may take to send what is on its way; 25s if absent. Sluice only.")
                        .build())
                .addOption(OptionSpec.builder("-v", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build())
                .addOption(help());
        helpBelow(line);
        return line;
    }

    /** Gives every command below, at any depth, a help that has none. */
    private static void helpBelow(CommandLine line) {
        for (CommandLine command : Set.copyOf(line.getSubcommands().values())) {
            if (command.getCommandSpec().findOption("--help") == null) {
                command.getCommandSpec().addOption(help());
            }
            helpBelow(command);
        }
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    /** Tells the error, or every problem of a configuration behind what it is warned of, and returns the exit code for it. */
    public static int fail(Exception error, PrintStream err) {
        if (error instanceof ConfigException bad) {
            ConfigProblems problems = bad.problems();
            problems.warnings().forEach(warning -> err.println("Warning: " + warning));
            problems.errors().forEach(problem -> err.println("Error: " + problems.render(problem)));
        } else {
            err.println("Error: " + (error.getMessage() == null ? error.toString() : error.getMessage()));
        }
        err.flush();
        return 1;
    }

    /** The Collector's texts for a command line that is wrong. */
    private static String usage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            if (first.startsWith("-")) {
                return "unknown flag: " + first.replaceFirst("=.*", "");
            }
            return e.getCommandLine().getParent() == null
                    ? "unknown command \"" + first + "\" for \"sluice\""
                    : "accepts 0 arg(s), received " + unmatched.getUnmatched().size();
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().getFirst() instanceof OptionSpec option
                    ? "flag needs an argument: " + option.longestName()
                    : "missing argument: " + missing.getMissing().getFirst().paramLabel();
        }
        return String.valueOf(e.getMessage());
    }

    /** {@code sluice version 1.2.3}. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice version " + Version.current()};
        }
    }
}

package dev.sluice.cli;

import dev.sluice.cli.command.Commands;
import dev.sluice.cli.run.CommandException;
import dev.sluice.cli.run.RunArguments;
import dev.sluice.cli.run.ServiceProcess;
import dev.sluice.cli.run.Version;
import dev.sluice.engine.config.ConfigException;
import java.io.PrintStream;
import java.util.List;

/** Runs {@code sluice}. Exit codes: 0 done, 1 an error, which is told on standard error. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Does what the command line says and returns the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> normal = RunArguments.normal(arguments);
        if (normal.equals(List.of("--version")) || normal.equals(List.of("-v"))) {
            out.println("sluice version " + Version.current());
            return 0;
        }
        boolean plain = normal.stream().noneMatch(argument -> argument.equals("--help") || argument.equals("-h"));
        if (!plain || (!normal.isEmpty() && !normal.getFirst().startsWith("-"))) {
            return Commands.run(normal, out, err);
        }
        try {
            ServiceProcess process = new ServiceProcess(RunArguments.parse(normal), System.getenv(), out);
            process.handleSignals();
            process.run();
            return 0;
        } catch (CommandException | ConfigException e) {
            return Commands.fail(e, err);
        }
    }
}

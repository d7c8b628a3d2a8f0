package dev.sluice.cli.command;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.slo.file.DuplicateRules;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RulePaths;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks files that are not configurations. */
@Command(name = "check", description = "Checks rule files.")
final class CheckCommand implements Runnable {
    private static final long MINUTE = 60_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "rules",
            description = "Checks rule files as Prometheus does, and prints every problem with its place.")
    int rules(@Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files.") List<Path> files) {
        PrintWriter out = spec.commandLine().getOut();
        int code = 0;
        for (Path file : files) {
            out.println("Checking " + file);
            try {
                RuleFileReader.Result result =
                        RuleFileReader.read(file.toString(), Files.readString(file), MINUTE, QueryOptions.DEFAULT);
                if (!result.problems().isEmpty()) {
                    out.println("  FAILED:");
                    result.problems().stream().map(Problem::render).forEach(out::println);
                    code = 1;
                    continue;
                }
                DuplicateRules.of(result.file())
                        .ifPresentOrElse(
                                duplicates -> out.println("  FAILED:\n" + duplicates),
                                () -> out.printf(
                                        "  SUCCESS: %d rules found%n",
                                        result.file().rules()));
            } catch (IOException e) {
                out.println("  FAILED:\n" + file + ": " + RulePaths.reason(e));
                code = 1;
            }
            out.println();
        }
        return code;
    }
}

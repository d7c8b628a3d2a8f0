package dev.sluice.cli.command;

import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.script.Script;
import dev.sluice.promql.script.ScriptException;
import dev.sluice.promql.script.ScriptReport;
import dev.sluice.slo.ruletest.RuleTests;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs tests of queries and rules. */
@Command(name = "test", description = "Runs tests of queries and rules. Exits with 2 where one fails.")
final class TestCommand extends CommandGroup {
    @Command(
            name = "promql",
            description =
                    "Runs scripts in the format of Prometheus' promqltest; prints how many queries of each passed.")
    int promql(@Parameters(arity = "1..*", paramLabel = "FILE", description = "Test scripts.") List<Path> files) {
        PrintWriter out = out();
        int code = 0;
        for (Path file : files) {
            try {
                ScriptReport report = Script.parse(Files.readString(file), QueryOptions.SCRIPTS)
                        .run();
                out.printf(
                        "%s: %d passed, %d failed%n",
                        file, report.passed(), report.failures().size());
                report.failures().forEach(failure -> out.println("  " + failure));
                code = Math.max(code, report.failures().isEmpty() ? 0 : SAID_NO);
            } catch (IOException e) {
                out.println(file + ": " + GoFileError.reason(e));
                return 1;
            } catch (ScriptException e) {
                out.println(file + ": " + e.getMessage());
                return 1;
            }
        }
        return code;
    }

    @Command(name = "rules", description = "Runs unit tests of rules in promtool's format.")
    int rules(@Parameters(arity = "1..*", paramLabel = "FILE", description = "Test files.") List<Path> files) {
        PrintWriter out = out();
        int code = 0;
        for (Path file : files) {
            RuleTests.Report report = RuleTests.run(file);
            report.warnings().forEach(warning -> out.println("  WARNING: " + warning));
            out.println(report.passed() ? "  SUCCESS" : "  FAILED:");
            report.invalid().forEach(out::println);
            report.failures().forEach(out::println);
            out.println();
            code = code == 1 || !report.invalid().isEmpty() ? 1 : report.passed() ? code : SAID_NO;
        }
        return code;
    }
}

package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RuleFileWriter;
import dev.sluice.slo.spec.SloFiles;
import dev.sluice.slo.spec.SloPeriods;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works on service level objectives. */
@Command(name = "slo", description = "Makes rules of service level objectives.")
final class SloCommand extends CommandGroup {
    @Command(
            name = "generate",
            description =
                    "Prints the rules of objectives, in Sloth's format or OpenSLO's, as a rule file for Prometheus.")
    int generate(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "Files of objectives, which may refer to each other.")
                    List<Path> files,
            @Option(
                            names = "--slo-period-windows-path",
                            paramLabel = "FOLDER",
                            description =
                                    "A folder of Sloth's AlertWindows: for each period, in what windows budgets must not burn.")
                    @Nullable
                    Path windows,
            @Option(
                            names = "--default-slo-period",
                            paramLabel = "DURATION",
                            defaultValue = SloPeriods.MONTH,
                            description = "The period of objectives that name none. Default: ${DEFAULT-VALUE}.")
                    String period)
            throws CommandException {
        List<String> problems = new ArrayList<>();
        SloPeriods periods = windows == null ? SloPeriods.WORKBOOK : SloPeriods.read(windows, problems::add);
        List<SloFiles.Source> sources = new ArrayList<>();
        for (Path file : files) {
            try {
                sources.add(new SloFiles.Source(file.toString(), Files.readString(file)));
            } catch (IOException e) {
                problems.add("open " + file + ": " + GoFileError.reason(e));
            }
        }
        refuse(problems);
        SloFiles slos = SloFiles.read(sources, usual(periods, period), RuleFileReader.INTERVAL, QueryOptions.DEFAULT);
        slos.warnings().forEach(warning -> err().println("Warning: " + warning));
        refuse(slos.problems().stream().map(Problem::render).toList());
        out().print(RuleFileWriter.write(slos.groups()));
        return 0;
    }

    private static SloPeriods usual(SloPeriods periods, String period) throws CommandException {
        try {
            return periods.withUsual(period);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    "invalid argument \"" + period + "\" for \"--default-slo-period\" flag: " + e.getMessage());
        }
    }

    private static void refuse(List<String> problems) throws CommandException {
        if (!problems.isEmpty()) {
            throw new CommandException(String.join("\nError: ", problems));
        }
    }
}

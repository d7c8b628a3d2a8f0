package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RuleFileWriter;
import dev.sluice.slo.file.RulePaths;
import dev.sluice.slo.spec.SloFile;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Works on service level objectives. */
@Command(name = "slo", description = "Makes rules of service level objectives.")
final class SloCommand extends CommandGroup {
    @Command(
            name = "generate",
            description =
                    "Prints the rules of objectives, in Sloth's format or OpenSLO's, as a rule file for Prometheus.")
    int generate(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of objectives.") List<Path> files)
            throws CommandException {
        List<GroupSpec> groups = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                SloFile slos = SloFile.read(
                        file.toString(), Files.readString(file), RuleFileReader.INTERVAL, QueryOptions.DEFAULT);
                slos.problems().stream().map(Problem::render).forEach(problems::add);
                groups.addAll(slos.groups());
            } catch (IOException e) {
                problems.add("open " + file + ": " + RulePaths.reason(e));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(problems.stream().collect(Collectors.joining("\nError: ")));
        }
        out().print(RuleFileWriter.write(groups));
        return 0;
    }
}

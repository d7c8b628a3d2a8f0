package dev.sluice.slo.ruletest;

import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.file.RulePaths;
import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs files of unit tests for rules. */
public final class RuleTests {
    private RuleTests() {}

    /**
     * How a file went.
     *
     * @param invalid what is wrong with the file or with a rule file of it; then nothing was run
     * @param failures of tests, in promtool's words
     * @param warnings patterns that match no rule file
     */
    public record Report(List<String> invalid, List<String> failures, List<String> warnings) {
        public boolean passed() {
            return invalid.isEmpty() && failures.isEmpty();
        }
    }

    /** Blocks. */
    public static Report run(Path path) {
        List<String> invalid = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            RuleTestReader.Result read = RuleTestReader.read(path.toString(), Files.readString(path));
            read.problems().stream().map(Problem::render).forEach(invalid::add);
            List<GroupSpec> groups = groups(path, read.file(), invalid, warnings);
            if (invalid.isEmpty()) {
                read.file().tests().forEach(test -> failures.addAll(RuleTestRun.failures(read.file(), test, groups)));
            }
        } catch (IOException e) {
            invalid.add("open " + path + ": " + GoFileError.reason(e));
        }
        return new Report(invalid, failures, warnings);
    }

    private static List<GroupSpec> groups(Path path, RuleTestFile file, List<String> invalid, List<String> warnings)
            throws IOException {
        List<GroupSpec> groups = new ArrayList<>();
        for (String pattern : file.ruleFiles()) {
            List<Path> matches = RulePaths.matching(path.toAbsolutePath().resolveSibling(""), pattern);
            if (matches.isEmpty()) {
                warnings.add("no file match pattern " + pattern);
            }
            for (Path match : matches) {
                RuleFileReader.Result rules = RuleFileReader.read(
                        match.toString(), Files.readString(match), file.evaluationInterval(), QueryOptions.DEFAULT);
                rules.problems().stream().map(Problem::render).forEach(invalid::add);
                groups.addAll(rules.file().specs());
            }
        }
        return groups;
    }
}

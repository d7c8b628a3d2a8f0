package dev.sluice.slo.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.slo.file.RuleFileWriter;
import dev.sluice.slo.ruletest.RuleTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of objectives. */
final class Specs {
    private Specs() {}

    /** The files are slo.yml, slo2.yml and so on. */
    static SloFiles read(String... texts) {
        return read(SloPeriods.WORKBOOK, texts);
    }

    static SloFiles read(SloPeriods periods, String... texts) {
        List<SloFiles.Source> sources = new ArrayList<>();
        for (String text : texts) {
            String number = sources.isEmpty() ? "" : Integer.toString(sources.size() + 1);
            sources.add(new SloFiles.Source("slo" + number + ".yml", text));
        }
        return SloFiles.read(sources, periods, 60_000, QueryOptions.DEFAULT);
    }

    /** Holds the rules, written into a file of the folder, against unit tests in the format of {@code test rules}, which name no file of rules. */
    static void assertPasses(Path folder, List<GroupSpec> rules, String tests) throws IOException {
        Files.writeString(folder.resolve("rules.yml"), RuleFileWriter.write(rules));
        Path file = Files.writeString(folder.resolve("tests.yml"), "rule_files: [rules.yml]\n" + tests);
        RuleTests.Report report = RuleTests.run(file);
        assertThat(report.invalid()).isEmpty();
        assertThat(report.failures()).isEmpty();
    }
}

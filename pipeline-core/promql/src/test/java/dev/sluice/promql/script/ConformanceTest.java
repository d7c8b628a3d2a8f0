package dev.sluice.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.promql.eval.QueryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Prometheus' own promqltest files, where the conformance data lies beside the checkout. How many queries of each file pass is recorded in
 * {@code promqltest.txt}; fewer fail the build, {@code -Dupdate=true} records more.
 */
final class ConformanceTest {
    private static final Path RECORD = Path.of("promqltest.txt");
    private static final Path FOLDER = Path.of(System.getProperty("sluice.shared", "missing"), "data", "promqltest");

    @TestFactory
    Stream<DynamicTest> noFileLosesAQuery() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), () -> "promqltest files are not at " + FOLDER);
        TreeMap<String, String> recorded = new TreeMap<>();
        for (String line : Files.readAllLines(RECORD)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" ", 2);
                recorded.put(parts[0], parts[1]);
            }
        }
        TreeMap<String, String> now = new TreeMap<>();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            tests.add(DynamicTest.dynamicTest(name, () -> {
                ScriptReport report = Script.parse(Files.readString(file), QueryOptions.SCRIPTS)
                        .run();
                now.put(name, report.passed() + "/" + report.total());
                if (!Boolean.getBoolean("update")) {
                    assertThat(recorded)
                            .as("a file that is not recorded was never run")
                            .containsKey(name);
                    int before = Integer.parseInt(recorded.get(name).split("/", 2)[0]);
                    assertThat(report.passed()).as("%s", report.failures()).isGreaterThanOrEqualTo(before);
                }
            }));
        }
        tests.add(DynamicTest.dynamicTest("every recorded file was run", () -> {
            if (Boolean.getBoolean("update")) {
                write(now);
            } else {
                assertThat(now.keySet()).containsExactlyElementsOf(recorded.keySet());
            }
        }));
        return tests.stream();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".test")).sorted().toList();
        }
    }

    private static void write(Map<String, String> counts) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# Queries that pass, of all queries, in each file of Prometheus' promqltest suite. Written with -Dupdate=true.");
        counts.forEach((name, count) -> lines.add(name + " " + count));
        Files.write(RECORD, lines);
    }
}

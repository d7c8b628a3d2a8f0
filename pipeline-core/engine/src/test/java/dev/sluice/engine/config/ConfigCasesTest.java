package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files in {@code cases}: {@code *.good.yaml} must load, {@code *.bad.yaml} must fail with exactly the problems of the first lines, {@code #
 * error: line:column: message}, where {@code \n} stands for a line end. Warnings are given likewise. {@code # gates:} and {@code # env:} set
 * those.
 */
class ConfigCasesTest {
    private static final Path CASES = Path.of("src/test/java/dev/sluice/engine/config/cases");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void caseIsJudgedAsItsFirstLinesSay(String name) throws IOException {
        Path file = CASES.resolve(name);
        String text = Files.readString(file);
        List<String> found = judge(text);
        if (Boolean.getBoolean("update")) {
            // The first writing moves the lines, the second has the places right.
            String moved = rewritten(text, found);
            Files.writeString(file, rewritten(moved, judge(moved)));
        } else {
            assertThat(found)
                    .containsExactlyElementsOf(
                            text.lines().filter(ConfigCasesTest::isExpectation).toList());
        }
        assertThat(found.stream().anyMatch(line -> line.startsWith("# error:"))).isEqualTo(name.endsWith(".bad.yaml"));
    }

    private static List<String> judge(String text) {
        Map<String, String> environment = new HashMap<>();
        FeatureGates gates = FeatureGates.DEFAULT;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# env: ")) {
                String[] pair = line.substring(7).split("=", 2);
                environment.put(pair[0], pair[1]);
            } else if (line.startsWith("# gates: ")) {
                gates = FeatureGates.parse(line.substring(9));
            }
        }
        ConfigSources memory = ConfigSources.text("x", text);
        Map<String, ConfigProvider> providers = new HashMap<>(Providers.standard(environment));
        providers.put("file", memory.providers().get("file"));
        List<String> found = new ArrayList<>();
        try {
            LoadedConfig loaded = ConfigLoader.load(
                    new ConfigSources(memory.locations(), List.of(), providers), TestComponents.FACTORIES, gates);
            loaded.warnings().forEach(warning -> found.add("# warning: " + line(warning)));
        } catch (ConfigException e) {
            e.problems().errors().forEach(problem -> found.add("# error: " + line(problem.toString())));
            e.problems().warnings().stream().map(Problem::toString).forEach(w -> found.add("# warning: " + line(w)));
        }
        return found;
    }

    private static String line(String problem) {
        return problem.substring("x:".length()).replace("\n", "\\n");
    }

    private static String rewritten(String text, List<String> found) {
        List<String> lines = new ArrayList<>(found);
        text.lines().filter(line -> !isExpectation(line)).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static boolean isExpectation(String line) {
        return line.startsWith("# error: ") || line.startsWith("# warning: ");
    }
}

package dev.sluice.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.InProcess;
import dev.sluice.cli.run.ConfigFlags;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.Factories;
import dev.sluice.yaml.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The configurations that the Collector's Helm chart makes: what is said of them in {@code docs/compatibility.md} is found out here. */
class HelmChartTest {
    private static final Path CHARTS = Repository.shared("data/helm-chart-configs");
    private static final Pattern UNKNOWN = Pattern.compile("'(\\w+)s' unknown type: \"(\\w+)\" for id: .*");
    private static final Map<String, String> POD = Map.of(
            "MY_POD_IP", "127.0.0.1",
            "OTEL_K8S_NODE_NAME", "node-1",
            "OTEL_K8S_NAMESPACE", "default",
            "OTEL_K8S_NODE_IP", "127.0.0.1",
            "OTEL_K8S_POD_IP", "127.0.0.1",
            "OTEL_K8S_POD_NAME", "pod-1");

    @TempDir
    private Path folder;

    @Test
    void thePageSaysWhichBoot() throws Exception {
        StringBuilder table = new StringBuilder("| configuration | boots | what is missing |\n|---|---|---|\n");
        for (Path chart : charts()) {
            Set<String> missing = missing(config(chart));
            table.append("| `")
                    .append(chart.getFileName())
                    .append("` | ")
                    .append(missing.isEmpty() ? "yes" : "not yet")
                    .append(" | ")
                    .append(String.join(", ", missing))
                    .append(" |\n");
        }
        Repository.holds("docs/compatibility.md", "charts", table.toString());
    }

    /** Unmodified but for its ports, which are the system's to choose here. */
    @Test
    void whoseComponentsExistBoots() throws Exception {
        for (Path chart : charts()) {
            Path config = config(chart);
            if (missing(config).isEmpty()) {
                Files.writeString(config, onFreePorts(Files.readString(config)));
                InProcess.start(List.of("--config", config.toString()), POD).close();
            }
        }
    }

    /** What is left of the others without the components that are missing boots too. */
    @Test
    void whatIsThereOfTheOthersBoots() throws Exception {
        for (Path chart : charts()) {
            Path config = config(chart);
            Set<String> missing = missing(config);
            String rest = without(missing, Files.readString(config));
            if (!missing.isEmpty() && !rest.contains("pipelines: {}")) {
                Files.writeString(config, onFreePorts(rest));
                InProcess.start(List.of("--config", config.toString()), POD).close();
            }
        }
    }

    /** Takes components out, and pipelines that have no receiver or exporter left. */
    @SuppressWarnings("unchecked")
    private static String without(Set<String> missing, String config) {
        Map<String, Object> tree = new Yaml().load(config);
        Map<String, Object> service = (Map<String, Object>) tree.get("service");
        Map<String, Map<String, List<String>>> pipelines =
                (Map<String, Map<String, List<String>>>) service.get("pipelines");
        for (String one : missing) {
            String section = one.substring(0, one.indexOf(' ')) + "s";
            String type = one.substring(one.indexOf('`') + 1, one.length() - 1);
            ((Map<String, Object>) tree.get(section)).remove(type);
            pipelines
                    .values()
                    .forEach(pipeline ->
                            pipeline.getOrDefault(section, new ArrayList<>()).remove(type));
        }
        pipelines
                .values()
                .removeIf(pipeline -> pipeline.get("receivers").isEmpty()
                        || pipeline.get("exporters").isEmpty());
        return new Yaml().dump(tree);
    }

    private static String onFreePorts(String config) {
        return config.replaceAll("(\\$\\{env:MY_POD_IP}):\\d+", "$1:0").replace("port: 8888", "port: 0");
    }

    /** The kinds and types that are not there, which must be all that is wrong. */
    private Set<String> missing(Path config) throws Exception {
        TreeSet<String> missing = new TreeSet<>();
        try {
            new ConfigFlags(List.of(config.toString()), List.of(), List.of()).load(Factories.load(), POD);
        } catch (ConfigException e) {
            for (Problem problem : e.problems().errors()) {
                Matcher unknown = UNKNOWN.matcher(problem.message());
                assertThat(unknown.matches()).as(problem.message()).isTrue();
                missing.add(unknown.group(1) + " `" + unknown.group(2) + "`");
            }
        }
        return missing;
    }

    private static List<Path> charts() throws Exception {
        assumeTrue(Files.isDirectory(CHARTS), CHARTS + " is not there");
        try (Stream<Path> files = Files.list(CHARTS)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    /** The value of {@code relay} as a file. */
    private Path config(Path chart) throws Exception {
        Map<String, Map<String, String>> map = new Yaml().load(Files.readString(chart));
        return Files.writeString(
                folder.resolve(chart.getFileName()), map.get("data").get("relay"));
    }
}

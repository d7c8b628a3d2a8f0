package dev.sluice.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.InProcess;
import dev.sluice.cli.run.ConfigFlags;
import dev.sluice.engine.config.Factories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of {@code config-examples} is a configuration that runs, on ports that the system chooses. */
class ExamplesTest {
    /** The port of own metrics is 8888 where a configuration does not say. */
    private static final String OWN_METRICS = "yaml:service::telemetry::metrics::readers: "
            + "[{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]";

    @TempDir
    private static Path folder;

    /** Examples name rule files that lie beside them. */
    @BeforeAll
    static void copyRules() throws IOException {
        for (String name : List.of("rules", "slos", "openslo", "windows")) {
            Path copies = Files.createDirectory(folder.resolve(name));
            try (Stream<Path> files = Files.list(Repository.file("config-examples/slo/" + name))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copies.resolve(file.getFileName()));
                }
            }
        }
    }

    static Stream<Path> examples() throws IOException {
        return all().filter(file -> file.toString().endsWith(".yaml"));
    }

    /** With the files that examples name. */
    static Stream<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.file("config-examples"))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void beginsWithWhatItIsFor(Path file) throws Exception {
        assertThat(Files.readAllLines(file).getFirst()).startsWith("# ").hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void validatesAsItStands(Path example) throws Exception {
        assertThat(flags(example.toString()).load(Factories.load(), Map.of()).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void boots(Path example) throws Exception {
        Certificate.write(folder);
        Path moved = folder.resolve(example.getFileName());
        Files.writeString(moved, onFreePorts(Files.readString(example)));
        Map<String, String> environment = new HashMap<>();
        for (String key : List.of("TLS", "COPY", "STATE", "DASHBOARDS", "SLUICE_DEMO_FOLDER")) {
            environment.put(key, folder.toString());
        }
        InProcess.start(List.of("--config", moved.toString(), "--config", OWN_METRICS), environment)
                .close();
    }

    /** Only of addresses to listen on: those of backends are names. */
    private static String onFreePorts(String text) {
        return text.replaceAll("(localhost|0\\.0\\.0\\.0):\\d+", "127.0.0.1:0");
    }

    private static ConfigFlags flags(String config) {
        return new ConfigFlags(List.of(config), List.of(), List.of());
    }
}

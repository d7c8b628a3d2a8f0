package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run the program as a shell does, in this process, and read what it prints. */
abstract class Invoked {
    static final String GOOD = """
            receivers: {nop: {}}
            exporters:
              otlp_http: {endpoint: "http://localhost:1", headers: {api-key: canary}}
            service:
              pipelines:
                traces: {receivers: [nop], exporters: [otlp_http]}
            """;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    final int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    final String file(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }

    static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}

package dev.sluice.exporters.debug;

import dev.sluice.otlp.Signal;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bare lines in files or on the console: the message, then a tab and the numbers as JSON if there are any. Files are appended to. */
final class PathsOutput implements LineOutput {
    private final List<String> paths;
    private final List<Target> targets = new ArrayList<>();

    PathsOutput(List<String> paths) {
        this.paths = paths;
    }

    @Override
    public void open() throws IOException {
        for (String path : paths) {
            targets.add(
                    switch (path) {
                        case "stdout" -> new Target(System.out, true);
                        case "stderr" -> new Target(System.err, true);
                        default -> new Target(new FileOutputStream(path, true), false);
                    });
        }
    }

    @Override
    public void write(Signal signal, String message, Map<String, Integer> fields) throws IOException {
        byte[] line = (message + json(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        for (Target target : targets) {
            target.stream.write(line);
            target.stream.flush();
        }
    }

    @Override
    public void close() throws IOException {
        for (Target target : targets) {
            if (!target.console) {
                target.stream.close();
            }
        }
        targets.clear();
    }

    private static String json(Map<String, Integer> fields) {
        return fields.isEmpty()
                ? ""
                : fields.entrySet().stream()
                        .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                        .collect(Collectors.joining(", ", "\t{", "}"));
    }

    /** The console stays open. */
    private record Target(OutputStream stream, boolean console) {}
}

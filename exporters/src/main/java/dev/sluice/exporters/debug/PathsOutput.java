package dev.sluice.exporters.debug;

import dev.sluice.api.ComponentContext;
import io.vertx.core.Future;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bare lines in files or on the console: the message, then a tab and the numbers as JSON if there are any. Files are appended to.
 * Writing blocks, so it is done off the loop, one line after the other.
 */
final class PathsOutput implements LineOutput {
    private final List<String> paths;
    private final ComponentContext context;
    /** Opened and written to only by {@link #inOrder} work. */
    private final List<Target> targets = new ArrayList<>();

    private Future<?> last = Future.succeededFuture();

    PathsOutput(List<String> paths, ComponentContext context) {
        this.paths = paths;
        this.context = context;
    }

    @Override
    public Future<?> open() {
        return inOrder(() -> {
            for (String path : paths) {
                targets.add(
                        switch (path) {
                            case "stdout" -> new Target(System.out, true);
                            case "stderr" -> new Target(System.err, true);
                            default -> new Target(new FileOutputStream(path, true), false);
                        });
            }
        });
    }

    @Override
    public Future<?> write(String message, Map<String, Integer> fields) {
        byte[] line = (message + json(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        return inOrder(() -> {
            for (Target target : targets) {
                target.stream.write(line);
                target.stream.flush();
            }
        });
    }

    @Override
    public Future<?> close() {
        return inOrder(() -> {
            for (Target target : targets) {
                if (!target.console) {
                    target.stream.close();
                }
            }
            targets.clear();
        });
    }

    private Future<?> inOrder(Work work) {
        Future<?> done = last.transform(any -> context.blocking(() -> {
            work.run();
            return true;
        }));
        last = done;
        return done;
    }

    private static String json(Map<String, Integer> fields) {
        return fields.isEmpty()
                ? ""
                : fields.entrySet().stream()
                        .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                        .collect(Collectors.joining(", ", "\t{", "}"));
    }

    private interface Work {
        void run() throws IOException;
    }

    /** The console stays open. */
    private record Target(OutputStream stream, boolean console) {}
}

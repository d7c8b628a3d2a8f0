package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flight recording with samples of processor time (JEP 509) and prints where it went: by method on top of the stack, by
 * whose code that is, and by the topmost method of ours below it. Run by {@code bench/profile}.
 */
final class Hotspots {
    private static final int SHOWN = 25;
    /** Whose code a class is, by the start of its name. */
    private static final Map<String, String> OWNERS = new LinkedHashMap<>();

    static {
        OWNERS.put("dev.sluice.otlp.", "sluice otlp");
        OWNERS.put("dev.sluice.engine.", "sluice engine");
        OWNERS.put("dev.sluice.transport.", "sluice transport");
        OWNERS.put("dev.sluice.", "sluice components");
        OWNERS.put("io.netty.channel.epoll.", "netty epoll (system calls)");
        OWNERS.put("io.netty.channel.unix.", "netty epoll (system calls)");
        OWNERS.put("io.netty.buffer.", "netty buffers");
        OWNERS.put("io.netty.handler.codec.", "netty codecs");
        OWNERS.put("io.netty.", "netty rest");
        OWNERS.put("io.vertx.", "vert.x");
        OWNERS.put("io.opentelemetry.", "opentelemetry SDK");
        OWNERS.put("com.github.luben.zstd.", "zstd");
        OWNERS.put("java.util.zip.", "zlib");
        OWNERS.put("sun.nio.", "JDK nio (system calls)");
        OWNERS.put("", "JDK");
    }

    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> owners = new HashMap<>();
    private final Map<String, Integer> ours = new HashMap<>();
    private int samples;

    private Hotspots() {}

    public static void main(String[] arguments) throws IOException {
        Hotspots hotspots = new Hotspots();
        try (RecordingFile recording = new RecordingFile(Path.of(arguments[0]))) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.CPUTimeSample")) {
                    hotspots.add(event.getStackTrace());
                }
            }
        }
        System.out.println(hotspots.samples + " samples of processor time in Java threads");
        hotspots.print("whose code is on top", hotspots.owners);
        hotspots.print("method on top", hotspots.methods);
        hotspots.print("topmost method of Sluice on the stack", hotspots.ours);
    }

    private void add(@Nullable RecordedStackTrace stack) {
        if (stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        samples++;
        RecordedFrame top = stack.getFrames().getFirst();
        methods.merge(name(top), 1, Integer::sum);
        owners.merge(owner(top), 1, Integer::sum);
        String below = stack.getFrames().stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith("dev.sluice."))
                .map(Hotspots::name)
                .findFirst()
                .orElse("none");
        ours.merge(below, 1, Integer::sum);
    }

    private void print(String title, Map<String, Integer> counts) {
        System.out.println();
        System.out.println("| " + title + " | % |");
        System.out.println("|---|--:|");
        Function<Map.Entry<String, Integer>, String> row =
                count -> String.format("| %s | %.1f |", count.getKey(), 100.0 * count.getValue() / samples);
        System.out.println(counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .map(row)
                .collect(Collectors.joining("\n")));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String owner(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return OWNERS.entrySet().stream()
                .filter(owner -> type.startsWith(owner.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseThrow();
    }
}

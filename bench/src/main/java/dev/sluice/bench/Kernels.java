package dev.sluice.bench;

import dev.sluice.otlp.Signal;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks that the arguments choose, which are JMH's own, and prints what an item costs as a Markdown table. */
final class Kernels {
    private Kernels() {}

    public static void main(String[] arguments) throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.parent(new CommandLineOptions(arguments))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Dsluice.bench.payloads=" + System.getProperty("sluice.bench.payloads"));
        Collection<RunResult> results = new Runner(options.build()).run();
        System.out.println();
        System.out.println("| kernel | signal | ns an item | items/s | MB/s | B allocated an item |");
        System.out.println("|---|---|--:|--:|--:|--:|");
        for (RunResult result : results) {
            System.out.println(row(result));
        }
    }

    private static String row(RunResult result) {
        double nanos = result.getPrimaryResult().getScore() / Payload.ITEMS;
        double allocated = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                        .getScore()
                / Payload.ITEMS;
        String chosen = result.getParams().getParam("signal");
        Signal signal = chosen == null ? Signal.METRICS : Signal.valueOf(chosen);
        double bytes = (double) Payload.of(signal).length() / Payload.ITEMS;
        return String.format(
                "| %s | %s | %.1f | %.1f M | %.0f | %.1f |",
                name(result), signal.key(), nanos, 1e3 / nanos, 1e3 * bytes / nanos, allocated);
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark().replace("dev.sluice.bench.", "");
        String processors = result.getParams().getParam("processors");
        return processors == null ? name : name + " [" + processors + "]";
    }
}

package dev.sluice.slo.lint;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.prometheus.Drops;
import dev.sluice.prometheus.SeriesState;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.intake.RuleNames;
import dev.sluice.slo.intake.SampleIntake;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.slo.series.LimitsConfig;
import dev.sluice.slo.series.RuleSelectors;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SampleLoss;
import dev.sluice.slo.series.SeriesConfig;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.series.StoreListener;
import dev.sluice.slo.series.WatchedRule;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Telemetry from a file of the exporter {@code file}, as the series that rules would see: made by the very intake that rules have, with a rule that
 * reads everything. For one thread.
 */
public final class Capture {
    /** Reads all there is, as far back as there is any. */
    private static final RuleSpec EVERYTHING =
            new RuleSpec.Recording("everything", "count_over_time({__name__=~\".+\"}[10y])", Labels.EMPTY);

    private static final String OTHER = "is neither json nor proto of exporter file, uncompressed: ";

    /** So many characters of a line, blanks of whoever has formatted it included, tell what it is. */
    private static final int KEY_WITHIN = 100;

    private static final LimitsConfig BOUNDS = new LimitsConfig(1_000_000, 100_000, 1);

    private final SeriesStore store;
    private final SampleIntake intake;
    private final List<CountConfig> counts;
    private final Set<Signal> signals = EnumSet.noneOf(Signal.class);
    private final MetricsView view = new MetricsView();
    private final Set<String> deltas = new HashSet<>();

    private Capture(SeriesConfig config) {
        SeriesConfig own = new SeriesConfig(
                BOUNDS, config.metricAliases(), config.classicBuckets(), config.startTimestampZero(), config.counts());
        counts = config.counts();
        GroupSpec group = new GroupSpec("capture", "capture", 60_000, 0, 0, QueryOptions.DEFAULT, List.of(EVERYTHING));
        RuleSelectors selectors;
        try {
            selectors = RuleSelectors.of(List.of(group), 0);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        store = new SeriesStore(selectors, BOUNDS, new Nobody());
        intake = new SampleIntake(own, selectors, new Drops(reason -> n -> {}, (metric, reason) -> {}));
    }

    /**
     * Reads a file with a request as JSON on each line, of any signal, or with requests of metrics in protobuf, each behind its length. Blocks.
     *
     * @param config by what aliases rules know metrics, and what is counted of spans and log records
     * @throws IOException also for a file that is neither, with what is wrong
     */
    public static Capture read(Path file, SeriesConfig config) throws IOException {
        Capture capture = new Capture(config);
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            if (first < 0) {
                throw new IOException("is empty");
            }
            if (first == '{') {
                capture.json(file);
            } else {
                capture.proto(file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("is not text: " + e.getMessage(), e);
        } catch (MalformedOtlpException e) {
            throw new IOException(OTHER + e.getMessage(), e);
        }
        return capture;
    }

    private void json(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> {
                Signal signal = signal(line);
                add(signal, OtlpJson.decode(signal, Bytes.of(line.getBytes(StandardCharsets.UTF_8))));
            });
        }
    }

    /** The exporter writes the one key of a request first. */
    private static Signal signal(String line) {
        String key = line.substring(0, Math.min(line.length(), KEY_WITHIN));
        return key.contains("\"resourceSpans\"")
                ? Signal.TRACES
                : key.contains("\"resourceLogs\"") ? Signal.LOGS : Signal.METRICS;
    }

    private void proto(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            long left = Files.size(file);
            while (left > 0) {
                int length = in.readInt();
                left -= Integer.BYTES;
                if (length < 0 || length > left) {
                    throw new EOFException(OTHER + "a request of " + Integer.toUnsignedString(length) + " bytes where "
                            + left + " are left");
                }
                add(Signal.METRICS, Bytes.of(in.readNBytes(length)));
                left -= length;
            }
        }
    }

    private void add(Signal signal, Bytes request) {
        signals.add(signal);
        SampleBatch batch = intake.take(Telemetry.of(signal, request, Origin.INTERNAL), 0);
        if (batch != null) {
            // No sample of a file comes from the future.
            store.accept(batch, Long.MAX_VALUE / 2);
        }
        if (signal == Signal.METRICS) {
            deltas(request);
        }
    }

    private void deltas(Bytes request) {
        view.reset(request);
        while (view.next()) {
            MetricView metric = view.metric();
            String name = metric.temporality() == SeriesState.DELTA ? RuleNames.of(metric) : null;
            if (name != null) {
                deltas.add(name);
            }
        }
    }

    public Collection<Series> all() {
        return store.all();
    }

    /** Names of series that are counted of spans or log records where the file has none of these, so that it says nothing of them. */
    public Set<String> unseen() {
        Set<String> names = new TreeSet<>();
        for (CountConfig count : counts) {
            if (!signals.contains(count.signal().signal())) {
                names.addAll(count.series());
            }
        }
        return names;
    }

    /** The series that satisfy all conditions. */
    public List<Series> matching(List<Matcher> matchers) {
        return store.select(matchers, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether a series comes from a metric that is sent as deltas. */
    boolean delta(String series) {
        return deltas.contains(series.replaceFirst("_(bucket|sum|count)$", "")) || deltas.contains(series);
    }

    /** Nobody needs to know what a file loses. */
    private static final class Nobody implements StoreListener {
        @Override
        public void rejected(WatchedRule rule) {}

        @Override
        public void dropped(SampleLoss reason) {}
    }
}

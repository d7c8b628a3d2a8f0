package dev.sluice.promql.script;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Two hours of random traffic of some services as a load command. Counters reset, series come, go and go stale, latencies rise; all of it by the
 * seed alone.
 */
final class ScenarioTraffic {
    /** Samples may lie on this grid, in milliseconds; a scrape takes every third point of it. */
    private static final int GRID = 5_000;

    private static final int POINTS = 2 * 60 * 60 * 1000 / GRID;
    private static final int SCRAPE = 3;
    private static final String[] BOUNDS = {"0.1", "0.5", "1", "2.5", "5", "+Inf"};

    private final Random random;
    private final StringBuilder load = new StringBuilder("load 5s\n");

    private ScenarioTraffic(long seed) {
        random = new Random(seed);
    }

    /** A load command with all series of the seed. */
    static String series(long seed) {
        ScenarioTraffic scenario = new ScenarioTraffic(seed);
        int paths = 2 + scenario.random.nextInt(4);
        for (String job : List.of("api-gateway", "shop/cart", "batch")) {
            for (String instance : List.of("a", "b")) {
                scenario.instance(job, instance, paths);
            }
        }
        return scenario.load.toString();
    }

    private void instance(String job, String instance, int paths) {
        String target = "job=\"%s\",instance=\"%s\"".formatted(job, instance);
        int phase = random.nextInt(SCRAPE);
        gauge("up{" + target + "}", phase, () -> random.nextInt(12) == 0 ? 0 : 1);
        walk("memory_bytes{" + target + "}", phase, 5e8, 2e7);
        gauge("queue_ratio{" + target + "}", phase, () -> switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            default -> random.nextGaussian();
        });
        for (int p = 0; p < paths; p++) {
            String labels = target + ",path=\"/p%d\"".formatted(p);
            counter("http_requests_total{" + labels + ",code=\"200\"}", phase, 40);
            counter("http_requests_total{" + labels + ",code=\"500\"}", phase, 1 + random.nextInt(4));
            histogram("http_request_duration_seconds_bucket", labels, phase);
            if (p == 0) {
                nativeHistogram("latency_seconds{" + labels + "}", phase);
            }
        }
    }

    /** Draws one value. */
    private interface Draw {
        double next();
    }

    private void gauge(String series, int phase, Draw draw) {
        Gaps gaps = new Gaps();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < POINTS; i++) {
            String gap = gaps.at(i, phase);
            values.append(' ').append(gap != null ? gap : number(draw.next()));
        }
        add(series, values);
    }

    private void walk(String series, int phase, double start, double step) {
        double[] value = {start};
        gauge(series, phase, () -> value[0] = Math.rint(value[0] + random.nextGaussian() * step));
    }

    private void counter(String series, int phase, int perScrape) {
        double[] value = {random.nextInt(1000)};
        gauge(series, phase, () -> {
            value[0] = random.nextInt(150) == 0 ? random.nextInt(3) : value[0] + random.nextInt(perScrape + 1);
            return value[0];
        });
    }

    /** Requests that are slow at times. The buckets of one scrape come together, or one of them is missing. */
    private void histogram(String name, String labels, int phase) {
        long[] counts = new long[BOUNDS.length];
        StringBuilder[] values = new StringBuilder[BOUNDS.length];
        for (int b = 0; b < BOUNDS.length; b++) {
            values[b] = new StringBuilder();
        }
        Gaps gaps = new Gaps();
        boolean slow = false;
        for (int i = 0; i < POINTS; i++) {
            String gap = gaps.at(i, phase);
            if (gap == null) {
                slow = random.nextInt(60) == 0 ? !slow : slow;
                observe(counts, slow);
            }
            int missing = random.nextInt(200);
            for (int b = 0; b < BOUNDS.length; b++) {
                values[b].append(' ').append(gap != null ? gap : b == missing ? "_" : Long.toString(counts[b]));
            }
        }
        for (int b = 0; b < BOUNDS.length; b++) {
            add("%s{%s,le=\"%s\"}".formatted(name, labels, BOUNDS[b]), values[b]);
        }
    }

    private void observe(long[] cumulative, boolean slow) {
        if (random.nextInt(300) == 0) {
            java.util.Arrays.fill(cumulative, 0);
        }
        for (int request = random.nextInt(30); request > 0; request--) {
            int bucket = Math.min(BOUNDS.length - 1, (slow ? 2 : 0) + random.nextInt(3) + random.nextInt(2));
            for (int b = bucket; b < BOUNDS.length; b++) {
                cumulative[b]++;
            }
        }
    }

    private void nativeHistogram(String series, int phase) {
        Gaps gaps = new Gaps();
        StringBuilder values = new StringBuilder();
        long[] buckets = new long[4];
        for (int i = 0; i < POINTS; i++) {
            String gap = gaps.at(i, phase);
            if (gap == null) {
                int shift = random.nextInt(300) == 0 ? 1 : 0;
                for (int b = 0; b < buckets.length; b++) {
                    buckets[b] = shift == 1 ? 0 : buckets[b] + random.nextInt(9);
                }
                long count = buckets[0] + buckets[1] + buckets[2] + buckets[3];
                values.append(" {{schema:0 offset:-1 sum:%d count:%d buckets:[%d %d %d %d]}}"
                        .formatted(2 * count, count, buckets[0], buckets[1], buckets[2], buckets[3]));
            } else {
                values.append(' ').append(gap);
            }
        }
        add(series, values);
    }

    private void add(String series, StringBuilder values) {
        load.append("  ").append(series).append(values).append('\n');
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        return value == Math.rint(value) ? "%.0f".formatted(value) : String.format(Locale.ROOT, "%.6f", value);
    }

    /** When a series has no sample: between scrapes, and in outages that begin with a stale marker or without one. */
    private final class Gaps {
        private int out;

        String at(int point, int phase) {
            if (point % SCRAPE != phase) {
                return "_";
            }
            if (out > 0) {
                out--;
                return "_";
            }
            if (random.nextInt(120) == 0) {
                out = random.nextInt(50);
                return random.nextBoolean() ? "stale" : "_";
            }
            return null;
        }
    }
}

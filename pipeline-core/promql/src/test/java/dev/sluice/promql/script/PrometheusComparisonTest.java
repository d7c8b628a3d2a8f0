package dev.sluice.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertTemplates;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleHealth;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.text.GoString;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The same rules and samples give the same alerts and series in Prometheus; see {@code e2e/rules}, which builds its side. */
class PrometheusComparisonTest {
    private static final int STEPS = 480;
    private static final long STEP = 15_000;
    private static final double TOLERANCE = 1e-9;

    @Test
    @EnabledIfSystemProperty(named = "rules.peer", matches = ".+")
    void twoHoursOfRandomTrafficGiveTheSameAlertsAtEveryStep(@TempDir Path folder) throws Exception {
        int seeds = Integer.getInteger("rules.seeds", 20);
        long alerts = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            alerts += compare(seed, folder);
        }
        long rules = ScenarioRules.groups("").stream()
                .mapToLong(g -> g.rules().size())
                .sum();
        System.out.printf(
                "rules: %d seeds, %d rules, %d steps each: alerts and series are Prometheus'; %,d alerts compared%n",
                seeds, rules, STEPS, alerts);
    }

    private static long compare(int seed, Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.yml"), yaml(ScenarioRules.groups("rules.yml")));
        Path series = Files.writeString(folder.resolve("series.load"), ScenarioTraffic.series(seed));
        // Half of the seeds are evaluated where samples lie, half beside.
        long first = seed % 2 * 7_000L;
        Process peer = new ProcessBuilder(
                        Objects.requireNonNull(System.getProperty("rules.peer")),
                        "-series=" + series,
                        "-steps=" + STEPS,
                        "-step=" + STEP + "ms",
                        "-first=" + first + "ms",
                        rules.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long alerts = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
            Replay replay = new Replay(Files.readString(series), ScenarioRules.groups(rules.toString()));
            List<String> theirs = new ArrayList<>();
            String line = lines.readLine();
            for (int step = 0; step < STEPS; step++) {
                long time = first + step * STEP;
                assertThat(line).isEqualTo("T\t" + time);
                theirs.clear();
                while ((line = lines.readLine()) != null && !line.startsWith("T\t")) {
                    theirs.add(line);
                }
                List<String> ours = replay.evaluate(time);
                assertSame("seed " + seed + " at " + time + " ms", theirs, ours);
                alerts += ours.stream().filter(l -> l.startsWith("A\t")).count();
            }
            assertThat(peer.waitFor()).isZero();
        } finally {
            peer.destroy();
        }
        return alerts;
    }

    private static void assertSame(String when, List<String> theirs, List<String> ours) {
        theirs.sort(null);
        ours.sort(null);
        List<String> missing = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        int a = 0;
        int b = 0;
        while (a < theirs.size() || b < ours.size()) {
            String their = a < theirs.size() ? theirs.get(a) : null;
            String our = b < ours.size() ? ours.get(b) : null;
            if (their != null && our != null && same(their, our)) {
                a++;
                b++;
            } else if (our == null || (their != null && their.compareTo(our) < 0)) {
                missing.add(Objects.requireNonNull(their));
                a++;
            } else {
                extra.add(our);
                b++;
            }
        }
        assertThat(extra)
                .as("%s: only Sluice has; Prometheus alone has %s", when, missing)
                .isEmpty();
        assertThat(missing).as("%s: only Prometheus has", when).isEmpty();
    }

    /** Equal, but for the last bits of numbers. */
    private static boolean same(String their, String our) {
        if (their.equals(our)) {
            return true;
        }
        String[] a = their.split("\t", -1);
        String[] b = our.split("\t", -1);
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            boolean number = a[0].equals("A") ? i == 5 : a[0].equals("S") && i == 2 && !a[i].startsWith("{");
            if (!a[i].equals(b[i]) && !(number && close(a[i], b[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean close(String a, String b) {
        double x = Double.longBitsToDouble(Long.parseUnsignedLong(a, 16));
        double y = Double.longBitsToDouble(Long.parseUnsignedLong(b, 16));
        return Double.compare(x, y) == 0
                || (Double.isNaN(x) && Double.isNaN(y))
                || Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    }

    private static String yaml(List<GroupSpec> groups) {
        StringBuilder out = new StringBuilder("groups:\n");
        for (GroupSpec group : groups) {
            out.append("- name: ").append(GoString.quote(group.name())).append('\n');
            out.append("  interval: ").append(group.interval()).append("ms\n");
            out.append("  limit: ").append(group.limit()).append('\n');
            out.append("  query_offset: ").append(group.queryOffset()).append("ms\n  rules:\n");
            for (RuleSpec rule : group.rules()) {
                switch (rule) {
                    case RuleSpec.Recording recording ->
                        out.append("  - record: ").append(recording.name());
                    case RuleSpec.Alerting alerting ->
                        out.append("  - alert: ")
                                .append(alerting.name())
                                .append("\n    for: ")
                                .append(alerting.holdFor())
                                .append("ms\n    keep_firing_for: ")
                                .append(alerting.keepFiringFor())
                                .append("ms\n    annotations: ")
                                .append(map(alerting.annotations()));
                }
                out.append("\n    expr: ").append(GoString.quote(rule.expr()));
                out.append("\n    labels: ").append(map(rule.labels())).append('\n');
            }
        }
        return out.toString();
    }

    private static String map(Labels labels) {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(labels.name(i)).append(": ").append(GoString.quote(labels.value(i)));
        }
        return out.append('}').toString();
    }

    /** Sluice's side: its groups over series in memory. */
    private static final class Replay {
        private final MemorySeries all = new MemorySeries();
        private final MemorySeries seen = new MemorySeries();
        private final List<RuleGroup> groups = new ArrayList<>();
        private final Query written = Query.compile("{__name__=~\"ALERTS.*|.*:.*\"}", QueryOptions.DEFAULT);
        private long until = Long.MIN_VALUE;

        Replay(String load, List<GroupSpec> specs) throws Exception {
            ((LoadCommand) ScriptParser.parse(load).getFirst()).load(all);
            AlertTemplates templates = new AlertTemplates(Labels.EMPTY, URI.create(""), (query, time) -> List.of());
            for (GroupSpec spec : specs) {
                groups.add(new RuleGroup(spec, templates));
            }
        }

        List<String> evaluate(long time) {
            arrive(time);
            List<String> lines = new ArrayList<>();
            for (RuleGroup group : groups) {
                group.evaluate(
                        seen,
                        time,
                        (labels, at, value, histogram) -> add(labels, at, value, histogram),
                        (r, a) -> {},
                        STEP);
                for (Rule rule : group.rules()) {
                    if (rule.health() == RuleHealth.BAD) {
                        lines.add("E\t%s\t%s"
                                .formatted(group.spec().name(), rule.spec().name()));
                    }
                    if (rule instanceof AlertingRule alerting) {
                        alerting.alerts().forEach(alert -> lines.add(line(group, alert)));
                    }
                }
            }
            Vector vector = ((QueryValue.VectorValue) written.at(seen, time).value()).vector();
            for (int i = 0; i < vector.size(); i++) {
                NativeHistogram histogram = vector.histogram(i);
                lines.add("S\t%s\t%s"
                        .formatted(vector.labels(i), histogram != null ? histogram.toString() : bits(vector.value(i))));
            }
            return lines;
        }

        private boolean add(Labels labels, long time, double value, NativeHistogram histogram) {
            return histogram == null
                    ? seen.series(labels).add(time, value)
                    : seen.series(labels).add(time, histogram);
        }

        /** Only what is there by now may be seen. */
        private void arrive(long time) {
            all.all().forEach(series -> {
                for (int i = series.after(until); i < series.to() && series.time(i) <= time; i++) {
                    NativeHistogram histogram = series.histogram(i);
                    seen.series(series.labels()).add(series.time(i), series.start(i), series.value(i), histogram);
                }
            });
            until = time;
        }

        private static String line(RuleGroup group, Alert alert) {
            return "A\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d"
                    .formatted(
                            group.spec().name(),
                            alert.labels(),
                            alert.annotations(),
                            alert.state().toString().toLowerCase(java.util.Locale.ROOT),
                            bits(alert.value()),
                            alert.activeAt(),
                            alert.firedAt(),
                            alert.resolvedAt(),
                            alert.keepFiringSince());
        }

        private static String bits(double value) {
            return Long.toHexString(Double.doubleToRawLongBits(value));
        }
    }
}

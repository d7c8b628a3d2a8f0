package dev.sluice.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
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
        Path rules = Files.writeString(folder.resolve("rules.yml"), RuleYaml.of(ScenarioRules.groups("rules.yml")));
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
            RuleReplay replay = new RuleReplay(Files.readString(series), ScenarioRules.groups(rules.toString()));
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
}

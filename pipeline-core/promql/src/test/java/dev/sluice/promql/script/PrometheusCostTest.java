package dev.sluice.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.Expander;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A thousand rules over 100,000 series cost less than in Prometheus, side by side; see {@code e2e/rules}, which builds its side. */
class PrometheusCostTest {
    private static final int RULES = 1_000;
    private static final int SERIES_PER_RULE = 100;
    private static final int STEP = 15_000;
    private static final int HISTORY = 21;
    private static final int STEPS = 60;
    private static final double NANOS = 1e9;

    private final List<Counter> counters = new ArrayList<>();

    /** A counter that grows by a constant. */
    private record Counter(Labels labels, int growth) {}

    @Test
    @EnabledIfSystemProperty(named = "rules.peer", matches = ".+")
    void evaluationsCostLessThanPrometheus(@TempDir Path folder) throws Exception {
        List<RuleSpec> rules = new ArrayList<>();
        for (int r = 0; r < RULES; r++) {
            rules.add(rule(r));
            for (int s = 0; s < SERIES_PER_RULE; s++) {
                Labels labels = Labels.of(
                        "__name__", "requests_" + r % 20 + "_total",
                        "instance", "host-" + s % 10,
                        "job", "job-" + r / 20,
                        "path", "/path/" + s / 10);
                counters.add(new Counter(labels, r % 7 + s % 13));
            }
        }
        GroupSpec group = new GroupSpec("rules.yml", "all", STEP, 0, 0, QueryOptions.DEFAULT, rules);

        Cost theirs = prometheus(folder, group);
        Cost ours = sluice(group);

        System.out.printf(
                "rules: %,d rules over %,d series: Prometheus %.1f ms, Sluice %.1f ms of CPU an evaluation (%.1f x less); %,d alerts%n",
                RULES,
                counters.size(),
                theirs.seconds * 1000 / (STEPS / 2),
                ours.seconds * 1000 / (STEPS / 2),
                theirs.seconds / ours.seconds,
                ours.alerts);
        assertThat(ours.alerts).isEqualTo(theirs.alerts).isPositive();
        assertThat(ours.seconds).isLessThan(theirs.seconds);
    }

    private static RuleSpec rule(int number) {
        String selector = "requests_%d_total{job=\"job-%d\"}[5m]".formatted(number % 20, number / 20);
        String expr = "sum by (path) (rate(%s)) > %d".formatted(selector, number % 10);
        return number % 4 == 0
                ? new RuleSpec.Recording(
                        "job:requests:rate5m_" + number, "sum by (path) (rate(" + selector + "))", Labels.EMPTY)
                : new RuleSpec.Alerting("Busy" + number, expr, Labels.of("severity", "page"), Labels.EMPTY, 60_000, 0);
    }

    /** What the last half of the evaluations took, and how many alerts there were in the end. */
    private record Cost(double seconds, int alerts) {}

    private Cost prometheus(Path folder, GroupSpec group) throws Exception {
        Path rules = Files.writeString(folder.resolve("rules.yml"), RuleYaml.of(List.of(group)));
        StringBuilder load = new StringBuilder("load 15s\n");
        for (Counter counter : counters) {
            load.append("  %s 0+%dx%d%n".formatted(counter.labels(), counter.growth(), HISTORY + STEPS));
        }
        Path series = Files.writeString(folder.resolve("series.load"), load);
        Process peer = new ProcessBuilder(
                        Objects.requireNonNull(System.getProperty("rules.peer")),
                        "-cost",
                        "-series=" + series,
                        "-steps=" + STEPS,
                        "-step=" + STEP + "ms",
                        "-first=" + HISTORY * STEP + "ms",
                        rules.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] output = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", -1);
        assertThat(peer.waitFor()).isZero();
        return new Cost(Double.parseDouble(output[0]), Integer.parseInt(output[1]));
    }

    private Cost sluice(GroupSpec spec) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        RuleGroup group = new RuleGroup(spec, Expander.NONE);
        MemorySeries store = new MemorySeries();
        long spent = 0;
        for (int i = 0; i < HISTORY + STEPS; i++) {
            long time = (long) i * STEP;
            for (Counter counter : counters) {
                store.series(counter.labels()).add(time, (double) counter.growth() * i);
            }
            int step = i - HISTORY;
            if (step >= 0) {
                long before = system.getProcessCpuTime();
                group.evaluate(
                        store,
                        time,
                        (labels, at, value, h) -> store.series(labels).add(at, value),
                        (r, a) -> {},
                        STEP);
                spent += step >= STEPS / 2 ? system.getProcessCpuTime() - before : 0;
            }
        }
        int alerts = 0;
        for (Rule rule : group.rules()) {
            if (rule instanceof AlertingRule alerting) {
                alerts += (int) alerting.alerts().stream()
                        .filter(alert -> alert.state() != AlertState.INACTIVE)
                        .count();
            }
        }
        return new Cost(spent / NANOS, alerts);
    }
}

package dev.sluice.slo.rules;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.api.ComponentId;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objectives over thirty days, with windows of three days, for which no samples are kept. Times are hours since the beginning. */
class BurnRateTest {
    private static final String OBJECTIVE = """
            version: prometheus/v1
            service: shop
            slos:
              - name: requests
                objective: 99
                sli:
                  events:
                    error_query: sum(rate(requests_total{code="500"}[{{.window}}]))
                    total_query: sum(rate(requests_total[{{.window}}]))
                alerting:
                  name: Errors
                  page_alert: {}
                  ticket_alert: {}
            """;

    private static final int HOUR = 3600;

    /** Seconds between exports. */
    private static final int EXPORT = 120;

    private static final int REQUESTS = 1000;

    /** Twice the budget is lost from here on. */
    private static final int BAD = 72;

    /** Twice the budget in 36 hours is all of it in 72. */
    private static final double FIRES = BAD + 36.0;

    private static final int GOOD = BAD + 40;

    /** And in 3 of 6 hours it is all of it too. */
    private static final double RESOLVES = GOOD + 3.0;

    private static final int END = GOOD + 4;

    @TempDir
    private Path directory;

    private long errors;
    private long answers;

    /** A change of an alert. */
    private record Change(String severity, AlertPhase phase, double hour) {}

    @Test
    void theTicketComesWhenTheBudgetOfThreeDaysBurnsAndGoesWithTheShortWindow() throws IOException {
        Stage stage = new Stage(config());
        List<SloRules> one = List.of(stage.rules);
        serve(stage, one, 0, 0, END);
        List<Change> changes = changes(stage);
        assertThat(changes)
                .extracting(change -> change.severity() + " " + change.phase())
                .containsExactly("ticket FIRING", "ticket RESOLVED");
        // An export more than the time at which it is as much as is allowed; panes are right to less than that where
        // traffic is steady.
        assertThat(changes.getFirst().hour()).isCloseTo(FIRES, within(0.1));
        assertThat(changes.getLast().hour()).isCloseTo(RESOLVES, within(0.1));
        // All of it was seen, so 30 days are what was seen.
        assertThat(last(stage, "slo:sli_error:ratio_rate30d")).isCloseTo(0.02 * (GOOD - BAD) / END, within(1e-4));
        assertThat(last(stage, "slo:sli_error:ratio_rate3d")).isCloseTo(0.02 * (GOOD - BAD) / 72, within(1e-4));

        reset();
        Stage spread = new Stage(config());
        List<SloRules> loops = new ArrayList<>(List.of(spread.rules));
        for (int i = 1; i < 4; i++) {
            SloRules other = new SloRules(
                    config(),
                    new SloRules.Telling(Duration.ofMinutes(1), Map.of(), ""),
                    spread,
                    spread.context.onAnotherLoop());
            other.start().await();
            loops.add(other);
        }
        serve(spread, loops, 0, 0, END);
        assertThat(spread.samples).as("of four loops").isEqualTo(stage.samples);
    }

    @Test
    void windowsGoOnAfterAReloadAndAfterARestart() throws IOException {
        Stage before = new Stage(config());
        serve(before, List.of(before.rules), 0, 0, BAD + 10);
        before.rules.stop().await();

        SloConfig kept = Configs.with(config(), "storage", ComponentId.parse("file_storage"));
        TestContext stored = before.context.afterReload().extension("file_storage", new Folder(directory));
        Stage reloaded = new Stage(kept, stored);
        serve(reloaded, List.of(reloaded.rules), 0, BAD + 10, BAD + 11);

        long offset = (BAD + 11L) * HOUR + 61;
        Stage restarted = new Stage(kept, stored.afterCrash(Duration.ofMinutes(1)));
        restarted.until(20);
        restarted.rules.stop().await();
        Stage after = new Stage(config(), restarted.context.afterReload());
        serve(after, List.of(after.rules), offset, BAD + 11, END);
        assertThat(changes(before)).isEmpty();
        assertThat(changes(reloaded)).isEmpty();
        List<Change> changes = changes(after);
        assertThat(changes)
                .extracting(change -> change.severity() + " " + change.phase())
                .containsExactly("ticket FIRING", "ticket RESOLVED");
        assertThat(changes.getFirst().hour()).isCloseTo(FIRES, within(0.1));
        assertThat(changes.getLast().hour()).isCloseTo(RESOLVES, within(0.1));
        assertThat(last(after, "slo:sli_error:ratio_rate30d")).isCloseTo(0.02 * (GOOD - BAD) / END, within(1e-4));
    }

    private SloConfig config() throws IOException {
        Path file = Files.writeString(directory.resolve("shop.yml"), OBJECTIVE);
        return Configs.with(
                SloConfig.DEFAULT,
                "slo_files",
                List.of(file.toString()),
                "evaluation::interval",
                Duration.ofMinutes(5),
                "evaluation::allowed_lateness",
                Duration.ZERO);
    }

    private void reset() {
        errors = 0;
        answers = 0;
    }

    /** @param offset when the clock of the stage stood at 0, in seconds */
    private void serve(Stage stage, List<SloRules> loops, long offset, int fromHour, int toHour) {
        long from = fromHour * (long) HOUR;
        for (long time = from == 0 ? 0 : from + EXPORT; time <= toHour * (long) HOUR; time += EXPORT) {
            boolean bad = time > BAD * HOUR && time <= GOOD * HOUR;
            errors += bad ? REQUESTS / 50 : 0;
            answers += bad ? REQUESTS - REQUESTS / 50 : REQUESTS;
            stage.until(time - offset);
            loops.get((int) (time / EXPORT % loops.size()))
                    .observe(Gauges.request(export(time), Map.of()))
                    .await();
        }
        stage.until(toHour * (long) HOUR + 1 - offset);
    }

    private Metric.Builder export(long time) {
        Metric.Builder requests = Metric.newBuilder().setName("requests");
        requests.getSumBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point(time, "200", answers))
                .addDataPoints(point(time, "500", errors));
        return requests;
    }

    private static NumberDataPoint.Builder point(long time, String code, long count) {
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano((Stage.BEGIN - 60_000) * 1_000_000)
                .setTimeUnixNano((Stage.BEGIN + time * 1000) * 1_000_000)
                .addAttributes(Gauges.attribute("code", code))
                .setAsInt(count);
    }

    private static List<Change> changes(Stage stage) {
        return stage.notices.stream()
                .filter(notice -> !notice.repeat() && notice.phase() != AlertPhase.PENDING)
                .map(BurnRateTest::change)
                .toList();
    }

    private static Change change(AlertNotice notice) {
        return new Change(
                notice.labels().get("sloth_severity"), notice.phase(), Stage.since(notice.changedAt()) / HOUR);
    }

    private static double last(Stage stage, String name) {
        Pattern sample = Pattern.compile(Pattern.quote(name) + "\\{[^}]*} ([^ ]+) @.*");
        return stage.samples.reversed().stream()
                .map(sample::matcher)
                .filter(Matcher::matches)
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)))
                .findFirst()
                .orElseThrow();
    }
}

package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RuleReport;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ParserOptions;
import dev.sluice.testkit.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of rules. */
class RuleReportsTest {
    @Test
    void alertsAreShownWithTheirValueTheirThresholdAndWhatHappenedToThem() {
        Stage stage = new Stage(Stage.config(
                Stage.record("twice", "2 * queue_length"), Stage.alert("Long", "queue_length > 5", "20s")));
        for (int time = 0; time <= 30; time += 10) {
            stage.until(time);
            stage.rules
                    .observe(Gauges.of("queue.length", 9, Stage.BEGIN + time * 1000L))
                    .await();
        }
        stage.until(31);
        RuleReport report = stage.context.ruleReport();
        assertThat(report.series()).isPositive();
        assertThat(report.rules()).extracting(RuleReport.Rule::name).containsExactly("Long", "twice");
        RuleReport.Rule twice = report.rules().get(1);
        assertThat(twice.health()).isEqualTo("ok");
        assertThat(twice.elements()).singleElement().matches(element -> element.value() == 18);
        RuleReport.Rule alert = report.rules().getFirst();
        assertThat(alert.state()).isEqualTo("firing");
        assertThat(alert.threshold()).isEqualTo("> 5");
        assertThat(alert.elements()).singleElement().satisfies(element -> {
            assertThat(element.value()).isEqualTo(9);
            assertThat(element.since()).isEqualTo(Stage.BEGIN);
            assertThat(element.labels()).contains("alertname=\"Long\"");
        });
        assertThat(report.changes()).extracting(RuleReport.Change::state).containsExactly("firing", "pending");
        assertThat(report.totals()).isEqualTo(new RuleReport.Totals(1, 2, 0, 0, 1, 0));
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.rules()).isEqualTo(2);
            assertThat(group.evaluatedAt()).isEqualTo(Stage.BEGIN + 30_000);
        });
        stage.rules.stop().await();
        Stage next = new Stage(Stage.config(), stage.context.afterReload());
        assertThat(next.context.ruleReport().changes()).isEqualTo(report.changes());
    }

    @Test
    void alertsThatAreResolvedNoLongerCount() {
        Stage stage = new Stage(Stage.config(Stage.alert("Long", "queue_length > 5", "0s")));
        stage.rules.observe(Gauges.of("queue.length", 9, Stage.BEGIN)).await();
        stage.until(1);
        assertThat(stage.context.ruleReport().rules().getFirst().results()).isEqualTo(1);
        stage.rules.observe(Gauges.of("queue.length", 1, Stage.BEGIN + 10_000)).await();
        stage.until(12);
        RuleReport.Rule rule = stage.context.ruleReport().rules().getFirst();
        assertThat(rule.results()).isZero();
        assertThat(rule.elements()).isEmpty();
        assertThat(rule.state()).isEqualTo("inactive");
    }

    @Test
    void ofManyRulesTheWorstAreShownAndAllAreCounted() {
        List<RuleConfig> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(Stage.record("quiet:" + i, "queue_length"));
        }
        many.add(Stage.alert("Long", "queue_length > 5", "0s"));
        Stage stage = new Stage(Stage.config(many.toArray(RuleConfig[]::new)));
        stage.rules.observe(Gauges.of("queue.length", 9, Stage.BEGIN)).await();
        stage.until(1);
        RuleReport report = stage.context.ruleReport();
        assertThat(report.rules()).hasSize(200);
        assertThat(report.rules().getFirst().name()).isEqualTo("Long");
        assertThat(report.totals().rules()).isEqualTo(301);
    }

    @Test
    void aRuleThatDoesNotSeeAllOfItsSeriesIsNotWell() {
        Stage stage = new Stage(Configs.with(
                Stage.config(Stage.record("all", "count({__name__=~\"queue_length|other\"})")),
                "series::limits::max_series",
                1));
        stage.rules.observe(Gauges.of("queue.length", 1, Stage.BEGIN)).await();
        stage.until(1);
        assertThat(stage.context.ruleReport().rules().getFirst().health()).isEqualTo("ok");
        stage.rules.observe(Gauges.of("other", 1, Stage.BEGIN + 1000)).await();
        RuleReport report = stage.context.ruleReport();
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.rules().getFirst().health()).isEqualTo("err");
        assertThat(report.rules().getFirst().error()).startsWith("does not see all of its series");
        for (int time = 10; time <= 310; time += 10) {
            stage.until(time);
            stage.rules
                    .observe(Gauges.of("queue.length", 1, Stage.BEGIN + time * 1000L))
                    .await();
        }
        stage.until(311);
        assertThat(stage.context.ruleReport().rules().getFirst().health())
                .as("none was refused for as long as a series lives without samples")
                .isEqualTo("ok");
    }

    @Test
    void objectivesHaveABudgetAndBurnRatesByWindow(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("slo.yml"), """
                version: prometheus/v1
                service: shop
                slos:
                  - name: calls
                    objective: 99
                    sli:
                      events:
                        error_query: sum(rate(queue_length{kind="bad"}[{{.window}}]))
                        total_query: sum(rate(queue_length[{{.window}}]))
                    alerting: {name: X, page_alert: {disable: true}, ticket_alert: {disable: true}}
                """);
        Stage stage = new Stage(Configs.with(
                SloConfig.DEFAULT,
                "slo_files",
                List.of(file.toString()),
                "evaluation::allowed_lateness",
                Duration.ZERO));
        for (int time = 0; time <= 60; time += 10) {
            stage.until(time);
            stage.rules
                    .observe(Gauges.of("queue.length", time, Stage.BEGIN + time * 1000L))
                    .await();
        }
        stage.until(62);
        assertThat(stage.context.ruleReport().objectives()).singleElement().satisfies(objective -> {
            assertThat(objective.name()).isEqualTo("shop-calls");
            assertThat(objective.target()).isEqualTo(0.99);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "x > 1.8, > 1.8",
        "1.8 < x, > 1.8",
        "1.8 == x, == 1.8",
        "(x >= 5), >= 5",
        "x > 5 and y < 2, > 5",
        "x > y, ''",
        "sum(x), ''"
    })
    void theThresholdIsTheNumberThatTheValueIsHeldAgainst(String expr, String threshold) throws ParseException {
        assertThat(Threshold.of(Parser.parse(expr, ParserOptions.STABLE))).isEqualTo(threshold);
    }
}

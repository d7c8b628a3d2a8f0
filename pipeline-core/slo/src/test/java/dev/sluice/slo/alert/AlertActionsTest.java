package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Boost;
import dev.sluice.promql.series.Labels;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestBoosts;
import dev.sluice.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertActionsTest {
    private static final List<String> PATH = List.of("http.route", "url.path", "http.target", "path", "route");

    private final TestBoosts board = new TestBoosts();
    private final TestContext context = new TestContext("slo").boosts(board);
    private final AlertActions actions =
            new AlertActions(List.of(new ActionConfig(ActionConfig.SamplingBoost.DEFAULT)), context);

    AlertActionsTest() {
        context.manualClock().advance(Duration.ofMinutes(2));
    }

    @Test
    void whatAFiringAlertIsAboutIsBoostedUntilItIsResolved() {
        actions.on(List.of(Notices.pending("/a")));
        assertThat(board.current()).isEmpty();
        actions.on(List.of(Notices.firing("/a"), Notices.firing("/b")));
        assertThat(board.current()).containsExactly(path("/a"), path("/b"));
        actions.on(List.of(Notices.resolved("/a")));
        assertThat(board.current()).containsExactly(path("/b"));
        assertThat(context.meters().value("slo_action_latency_seconds")).isEqualTo(2);
    }

    @Test
    void aBoostEndsAfterItsDurationAlthoughTheAlertGoesOnFiring() {
        actions.on(List.of(Notices.firing("/a")));
        context.manualClock().advance(Duration.ofMinutes(10).minusMillis(1));
        actions.on(List.of(Notices.stillFiring("/a")));
        assertThat(board.current()).hasSize(1);
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(board.current()).isEmpty();
        actions.on(List.of(Notices.stillFiring("/a")));
        assertThat(board.current()).isEmpty();
    }

    @Test
    void afterARestartARepeatBringsTheBoostBackForWhatIsLeftOfIt() {
        context.manualClock().advance(Duration.ofMinutes(4));
        actions.on(List.of(Notices.stillFiring("/a")));
        assertThat(board.current()).containsExactly(path("/a"));
        context.manualClock().advance(Duration.ofMinutes(6));
        assertThat(board.current()).isEmpty();
        assertThat(context.meters().value("slo_action_latency_seconds")).isZero();
    }

    @Test
    void labelsSayWhatIsMeantByTheNamesOfTelemetry() {
        Labels labels = Labels.of(
                "job",
                "shop/api",
                "path",
                "/a",
                "http_request_method",
                "GET",
                "tenant",
                "blue",
                "sloth_service",
                "shop");
        assertThat(AlertedTelemetry.of(
                        labels, List.of("job", "path", "http_request_method", "tenant", "sloth_service", "absent")))
                .isEqualTo(new Boost(
                        "shop/api",
                        List.of(
                                new Boost.Attribute(PATH, "/a"),
                                new Boost.Attribute(List.of("http.request.method", "http_request_method"), "GET"),
                                new Boost.Attribute(List.of("tenant"), "blue"),
                                new Boost.Attribute(List.of("service.name"), "shop"))));
    }

    @Test
    void anAlertThatSaysNothingOfWhatItIsAboutBoostsNothing() {
        ActionConfig jobOnly =
                new ActionConfig(Configs.with(ActionConfig.SamplingBoost.DEFAULT, "match", List.of("job")));
        AlertActions other = new AlertActions(List.of(jobOnly), context);
        other.on(List.of(Notices.firing("/a")));
        assertThat(board.current()).isEmpty();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void thereAreNoMoreBoostsThanSamplersCanBear() {
        actions.on(IntStream.range(0, AlertActions.MOST + 5)
                .mapToObj(i -> Notices.firing("/" + i))
                .toList());
        assertThat(board.current()).hasSize(AlertActions.MOST);
    }

    @Test
    void stoppingEndsAllBoostsAndLeavesNoTimer() {
        actions.on(List.of(Notices.firing("/a")));
        actions.stop();
        actions.stop();
        assertThat(board.current()).isEmpty();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void whatIsWrongWithAnActionIsSaid() {
        assertThat(Configs.problems(ActionConfig.DEFAULT)).containsExactly("must name an action: sampling_boost");
        assertThat(Configs.problems(Configs.with(
                        ActionConfig.SamplingBoost.DEFAULT, "duration", Duration.ZERO, "match", List.of())))
                .containsExactly("duration: must be positive", "match: must name a label");
    }

    private static Boost path(String path) {
        return new Boost("", List.of(new Boost.Attribute(PATH, path)));
    }
}

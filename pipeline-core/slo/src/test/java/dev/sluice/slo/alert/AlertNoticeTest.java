package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import org.junit.jupiter.api.Test;

class AlertNoticeTest {
    private static final Labels LABELS = Labels.of("alertname", "HighLatencyAPI", "path", "/checkout");
    private static final RuleSpec.Alerting RULE =
            new RuleSpec.Alerting("HighLatencyAPI", "up > 0", Labels.EMPTY, Labels.EMPTY, 120_000, 0);

    @Test
    void aPendingAlertIsNewsOfTheMomentItsConditionBeganToHold() {
        AlertNotice notice = of(alert(AlertState.PENDING, 1000, 0, 0, 0, 0));
        assertThat(notice.phase()).isEqualTo(AlertPhase.PENDING);
        assertThat(notice.changedAt()).isEqualTo(1000);
        assertThat(notice.times()).isEqualTo(new AlertNotice.Times(1000, 0, 0, 1000, 0, 1000));
        assertThat(notice.repeat()).isFalse();
    }

    @Test
    void anAlertThatBeginsToFireIsDueWhenTheConditionHeldForTheRulesTime() {
        AlertNotice notice = of(alert(AlertState.FIRING, 1000, 122_000, 0, 122_000, 362_000));
        assertThat(notice.times()).isEqualTo(new AlertNotice.Times(1000, 122_000, 0, 122_000, 362_000, 121_000));
        assertThat(notice.changedAt()).isEqualTo(122_000);
        assertThat(notice.repeat()).isFalse();
    }

    @Test
    void whatIsSentAgainIsARepeat() {
        assertThat(of(alert(AlertState.FIRING, 1000, 122_000, 0, 182_000, 422_000))
                        .repeat())
                .isTrue();
        assertThat(of(alert(AlertState.INACTIVE, 1000, 122_000, 300_000, 360_000, 600_000))
                        .repeat())
                .isTrue();
    }

    @Test
    void aResolvedAlertEndsWhenItWasResolvedWhateverWasSaidOfItsValidity() {
        AlertNotice notice = of(alert(AlertState.INACTIVE, 1000, 122_000, 300_000, 300_000, 540_000));
        assertThat(notice.phase()).isEqualTo(AlertPhase.RESOLVED);
        assertThat(notice.times().endsAt()).isEqualTo(300_000);
        assertThat(notice.repeat()).isFalse();
    }

    @Test
    void externalLabelsAreAddedWhereTheAlertHasNoneOfTheName() {
        AlertNotice notice = of(alert(AlertState.FIRING, 1000, 122_000, 0, 122_000, 362_000))
                .with(Labels.of("cluster", "eu", "path", "/other"));
        assertThat(notice.labels())
                .isEqualTo(Labels.of("alertname", "HighLatencyAPI", "cluster", "eu", "path", "/checkout"));
    }

    private static AlertNotice of(Alert alert) {
        return AlertNotice.of(RULE, "latency", alert, "", AlertNotice.Exemplar.NONE);
    }

    private static Alert alert(
            AlertState state, long activeAt, long firedAt, long resolvedAt, long sentAt, long validUntil) {
        return new Alert(LABELS, Labels.EMPTY, state, 2.25, activeAt, firedAt, resolvedAt, sentAt, validUntil, 0);
    }
}

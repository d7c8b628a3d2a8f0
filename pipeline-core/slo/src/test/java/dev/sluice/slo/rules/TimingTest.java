package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.slo.alert.AlertPhase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of slo.md §2.5, measured with Prometheus: 20 requests a second, of which a share becomes slow after ten minutes. */
class TimingTest {
    private static final int ONSET = 600;
    private static final int STEP = 15;
    private static final int PER_STEP = 300;

    @ParameterizedTest(name = "{0} of requests take {1} s")
    @CsvSource({
        "1.0, 3, 15, 135",
        "0.5, 3, 30, 150",
        "0.2, 3, 75, 195",
        "0.10, 3, 150, 270",
        "0.06, 3, 240, 360",
        "1.0, 2, 45, 165",
        "0.10, 2, -1, -1"
    })
    void alertIsPendingAndFiresAtTheSecondAtWhichItDoesInPrometheus(
            double share, double seconds, double pending, double firing) {
        Stage stage = new Stage(Stage.config(Stage.VERBATIM));
        Requests requests = new Requests("api-gateway", "/checkout");
        for (int time = 0; time <= ONSET + 600; time += STEP) {
            stage.until(time);
            if (time > 0) {
                long slow = time > ONSET ? Math.round(share * PER_STEP) : 0;
                requests.serve(slow, seconds);
                requests.serve(PER_STEP - slow, 0.06);
            }
            stage.rules.observe(requests.export(Stage.BEGIN + time * 1000L)).await();
        }
        assertThat(stage.changes(AlertPhase.PENDING)).isEqualTo(pending < 0 ? List.of() : List.of(ONSET + pending));
        assertThat(stage.changes(AlertPhase.FIRING)).isEqualTo(firing < 0 ? List.of() : List.of(ONSET + firing));
    }
}

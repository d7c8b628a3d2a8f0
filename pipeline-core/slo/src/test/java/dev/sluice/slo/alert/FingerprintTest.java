package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.series.Labels;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    /** The expected values are those of prometheus/common 0.70.1. */
    @Test
    void labelsHaveAlertmanagersFingerprint() {
        assertThat(Fingerprint.text(Labels.EMPTY)).isEqualTo("cbf29ce484222325");
        assertThat(Fingerprint.text(
                        Labels.of("severity", "critical", "alertname", "HighLatencyAPI", "path", "/checkout")))
                .isEqualTo("d9e8e4a7e7cf8b26");
        assertThat(Fingerprint.text(Labels.of("alertname", "Übergröße", "a.dotted", "x")))
                .isEqualTo("042ebe90e1503d8e");
    }
}

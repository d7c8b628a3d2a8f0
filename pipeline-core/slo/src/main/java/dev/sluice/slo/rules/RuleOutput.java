package dev.sluice.slo.rules;

import dev.sluice.otlp.Bytes;
import dev.sluice.slo.alert.AlertNotice;
import java.util.List;

/** Whom a set of rules tells of its results; called on its loop. */
public interface RuleOutput {
    /** Changes of alerts, and repeats. */
    void alerts(List<AlertNotice> notices);

    /** Samples of recorded series, {@code ALERTS} and {@code ALERTS_FOR_STATE}: an OTLP request of metrics. */
    void series(Bytes metrics);
}

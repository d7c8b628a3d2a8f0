package dev.sluice.slo.intake;

import dev.sluice.prometheus.SeriesIndex;
import java.util.List;

/**
 * What is done with the metrics of one name, unit and kind.
 *
 * @param faces none if no rule can read any of their series
 */
record MetricPlan(List<Face> faces, PointReader reader) implements SeriesIndex.Known {
    boolean unread() {
        return faces.isEmpty();
    }

    @Override
    public boolean removed() {
        return false;
    }
}

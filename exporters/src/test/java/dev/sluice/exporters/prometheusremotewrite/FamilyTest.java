package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.view.MetricView;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTest {
    private final Family family = new Family(
            new Family.Key("h", MetricView.Kind.HISTOGRAM, 3, ""), "", RequestWriter.of(ProtobufMessage.WRITE_REQUEST));

    @Test
    void seriesShareTheLabelsOfTheirBounds() {
        Steps first = family.steps(new double[] {1, 2}, family.noSteps());
        assertThat(family.steps(new double[] {1, 2}, family.noSteps())).isSameAs(first);
        assertThat(family.steps(new double[] {1, 3}, first)).isNotSameAs(first);
    }

    @Test
    void boundsThatChangeAllTheTimeAreNotAllKept() {
        for (int i = 0; i < 1000; i++) {
            family.steps(new double[] {i}, family.noSteps());
        }
        List<LabelRun> kept = new ArrayList<>();
        family.forEachRun(kept::add);
        assertThat(kept).hasSizeLessThan(50);
    }
}

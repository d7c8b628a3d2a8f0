package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Placement;
import dev.sluice.api.config.Delivery;
import org.junit.jupiter.api.Test;

class RemoteWriteExporterFactoryTest {
    private final RemoteWriteExporterFactory factory = new RemoteWriteExporterFactory();

    @Test
    void oneInstanceSeesAllPointsOfASeries() {
        assertThat(factory.placement()).isEqualTo(Placement.ONE_LOOP);
    }

    /** A limit of the whole batch would end its retries. */
    @Test
    void whatIsRefusedForNowIsTriedAgainAndTheTimeLimitIsOfEachRequest() {
        RemoteWriteConfig config = factory.defaultConfig();
        Delivery delivery = factory.delivery(config);
        assertThat(delivery.retry()).isEqualTo(config.retryOnFailure());
        assertThat(delivery.timeout()).isNull();
        assertThat(delivery.queue()).isEqualTo(config.queue());
    }
}

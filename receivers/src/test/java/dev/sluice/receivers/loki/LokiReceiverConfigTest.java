package dev.sluice.receivers.loki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Configs;
import org.junit.jupiter.api.Test;

class LokiReceiverConfigTest {
    @Test
    void thereMustBeAProtocolAndItMustBeHttp() {
        LokiReceiverConfig.Protocols both =
                new LokiReceiverConfig.Protocols(LokiReceiverConfig.Grpc.DEFAULT, LokiReceiverConfig.Http.DEFAULT);
        assertThat(Configs.problems(new LokiReceiverConfig(both, false)))
                .containsExactly("protocols::grpc: Loki's push API over gRPC is not supported: use `http`");
    }
}

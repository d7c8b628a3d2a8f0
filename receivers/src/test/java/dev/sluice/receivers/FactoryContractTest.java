package dev.sluice.receivers;

import dev.sluice.testkit.FactoryContract;
import dev.sluice.testkit.FactoryContract.Case;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FactoryContractTest {
    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of(
                Case.of("receiver/otlp")
                        .incomplete("must specify at least one protocol when using the OTLP receiver")
                        .present("protocols::grpc")
                        .present("protocols::http"),
                Case.of("receiver/loki")
                        .incomplete("must specify at least one protocol when using the Loki receiver")
                        .present("protocols::http"));
    }
}

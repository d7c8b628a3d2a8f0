package dev.sluice.extensions;

import dev.sluice.testkit.FactoryContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FactoryContractTest {
    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of(FactoryContract.Case.of("extension/file_storage")
                .incomplete(
                        "directory: directory must exist: stat /var/lib/otelcol/file_storage: no such file or directory."
                                + " You can enable the create_directory option to automatically create it")
                .with("directory", System.getProperty("java.io.tmpdir")));
    }
}

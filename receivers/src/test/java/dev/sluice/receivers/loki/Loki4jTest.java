package dev.sluice.receivers.loki;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** A real Loki4j appender, which believes to talk to a Loki. */
class Loki4jTest {
    private static final String CONFIG = """
            <configuration>
              <appender name="LOKI" class="com.github.loki4j.logback.Loki4jAppender">
                <labels>
                  app=shop
                  host=here
                </labels>
                <structuredMetadata>
                  level=%level
                  trace_id=%mdc{trace_id}
                </structuredMetadata>
                <message><pattern>%msg</pattern></message>
                <http>
                  <url>URL/loki/api/v1/push</url>
                  <useProtobufApi>PROTOBUF</useProtobufApi>
                </http>
                <batch><timeoutMs>50</timeoutMs></batch>
              </appender>
              <root level="INFO"><appender-ref ref="LOKI"/></root>
            </configuration>
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnApplicationLogsArrives(boolean protobuf) throws Exception {
        try (Pushed pushed = new Pushed(true)) {
            LoggerContext logback = new LoggerContext();
            logback.setMDCAdapter(MDC.getMDCAdapter());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(logback);
            configurator.doConfigure(new ByteArrayInputStream(CONFIG.replace("URL", pushed.url())
                    .replace("PROTOBUF", Boolean.toString(protobuf))
                    .getBytes(StandardCharsets.UTF_8)));
            Logger log = logback.getLogger("shop");
            MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
            for (int i = 0; i < 1000; i++) {
                log.info("order {} is paid", i);
            }
            log.warn("a \"quoted\" line\nof two, with ü");
            MDC.clear();
            // Sends what is still there.
            logback.stop();

            List<LogRecord> records = pushed.records();
            assertThat(records).hasSize(1001);
            assertThat(records.getFirst().getBody().getStringValue()).isEqualTo("order 0 is paid");
            assertThat(records.getLast().getBody().getStringValue()).isEqualTo("a \"quoted\" line\nof two, with ü");
            assertThat(Pushed.attributes(records.getLast()))
                    .isEqualTo(Map.of(
                            "app",
                            "shop",
                            "host",
                            "here",
                            "level",
                            "WARN",
                            "trace_id",
                            "4bf92f3577b34da6a3ce929d0e0e4736"));
        }
    }
}

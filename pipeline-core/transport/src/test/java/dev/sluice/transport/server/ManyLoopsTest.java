package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Loop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same address on several loops, as every component of a service with more than one has it. */
class ManyLoopsTest {
    @Test
    void loopsShareTheConnectionsToOnePortAndLetGoOfItTogether() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (int round = 0; round < 2; round++) {
            try (Loop first = new Loop("otlp")) {
                List<Loop> loops = List.of(first, first.another(), first.another());
                List<HttpListener> listeners = new ArrayList<>();
                for (int i = 0; i < loops.size(); i++) {
                    int number = i;
                    HttpListener listener = new HttpListener(
                            HttpServerConfig.at("127.0.0.1:" + port),
                            loops.get(i).surroundings(),
                            call -> call.text(200, "" + number));
                    listeners.add(listener);
                    loops.get(i).call(listener::start);
                }
                List<String> answers = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    try (RawHttp client = new RawHttp(port)) {
                        answers.add(client.send("GET / HTTP/1.1\nhost: x\n\n")
                                .read()
                                .text()
                                .strip());
                    }
                }
                assertThat(answers).contains("0", "1", "2");
                for (int i = 0; i < loops.size(); i++) {
                    loops.get(i).call(listeners.get(i)::stop);
                }
            }
        }
    }
}

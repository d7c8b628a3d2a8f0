package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Channel;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.LoadedConfig;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3, 4})
class ChannelTest {
    private final LoopsForTests loops;
    private final GraphPlan plan;
    private final Fabric fabric;

    ChannelTest(int count) {
        loops = new LoopsForTests(count);
        LoadedConfig config = new Lab().config("traces: rx | px, pxg | ex");
        plan = GraphPlan.of(config, new ConfigProblems(config.tree()));
        fabric = new Fabric(plan, loops.common(), 1 << 30, new Estate());
    }

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void messagesOfEveryLoopReachTheFirstInTheirOrderAndAnswersComeBackToTheSender() {
        int each = 200;
        List<String> taken = new ArrayList<>();
        List<Thread> takenOn = new ArrayList<>();
        List<Channel<String>> channels = channels("pxg", message -> {
            taken.add(message);
            takenOn.add(Thread.currentThread());
            return Future.succeededFuture(new Accepted(0, message));
        });
        assertThat(channels.stream().map(Channel::owner).toList())
                .startsWith(true)
                .filteredOn(owner -> owner)
                .hasSize(1);
        List<Future<List<Thread>>> answers = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            int loop = i;
            answers.add(loops.loops.get(loop).call(() -> send(channels.get(loop), loop, each)));
        }
        for (int i = 0; i < channels.size(); i++) {
            Thread sender = loops.on(i, Thread::currentThread);
            assertThat(answers.get(i).await()).hasSize(each).containsOnly(sender);
        }
        Thread first = loops.on(0, Thread::currentThread);
        assertThat(loops.on(0, () -> List.copyOf(takenOn)))
                .hasSize(each * channels.size())
                .containsOnly(first);
        List<String> seen = loops.on(0, () -> List.copyOf(taken));
        for (int i = 0; i < channels.size(); i++) {
            String prefix = i + ":";
            assertThat(seen.stream()
                            .filter(message -> message.startsWith(prefix))
                            .toList())
                    .hasSize(each)
                    .isSorted();
        }
    }

    @Test
    void instancesThatHaveNothingToTellEachOtherAreEachTheirOwn() {
        List<Channel<String>> channels = channels("px", message -> Outcome.accepted());
        assertThat(channels.stream().map(Channel::owner)).doesNotContain(false);
    }

    /** Sends numbered messages, and answers with the threads that the answers came on; fails where an answer is another's. */
    private static Future<List<Thread>> send(Channel<String> channel, int loop, int count) {
        List<Thread> answered = new ArrayList<>();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String message = loop + ":" + (100_000 + i);
            all.add(channel.send(message).compose(outcome -> {
                answered.add(Thread.currentThread());
                return outcome.equals(new Accepted(0, message))
                        ? Future.succeededFuture()
                        : Future.failedFuture(message + " was answered " + outcome);
            }));
        }
        return Future.all(all).map(done -> answered);
    }

    private List<Channel<String>> channels(String type, Function<String, Future<Outcome>> taker) {
        Node node = plan.nodes()
                .filter(one -> one.id().type().equals(type))
                .findFirst()
                .orElseThrow();
        List<Channel<String>> channels = new ArrayList<>();
        for (Loop loop : loops.loops) {
            channels.add(loops.on(loop.index(), () -> new LoopContext(node, loop, fabric).channel(taker)));
        }
        return channels;
    }
}

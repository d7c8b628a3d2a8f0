package dev.sluice.slo.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateWalkTest {
    private final List<String> written = new ArrayList<>();

    private StatePart leaf(String name) {
        return StatePart.of(out -> written.add(name));
    }

    private StatePart of(String name, StatePart... parts) {
        return out -> {
            written.add(name);
            return List.of(parts).iterator();
        };
    }

    @Test
    void partsAreWrittenOneAtATimeEachBeforeWhatItIsMadeOf() {
        StateWalk walk = new StateWalk(of("all", of("a", leaf("a1"), leaf("a2")), of("none"), leaf("b")));
        StateWriter out = new StateWriter();
        while (walk.hasNext()) {
            int before = written.size();
            walk.next(out);
            assertThat(written).hasSize(before + 1);
        }
        assertThat(written).containsExactly("all", "a", "a1", "a2", "none", "b");
        assertThatThrownBy(() -> walk.next(out)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aPartIsMadeOnlyWhenItsTurnComes() {
        List<String> made = new ArrayList<>();
        StateWalk walk = new StateWalk(out -> Stream.of("a", "b")
                .map(name -> {
                    made.add(name);
                    return leaf(name);
                })
                .iterator());
        walk.next(new StateWriter());
        walk.next(new StateWriter());
        assertThat(made).containsExactly("a");
    }
}

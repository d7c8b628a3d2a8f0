package dev.sluice.promql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template is made of; {@code at} is where it begins. */
sealed interface TemplateNode {
    record Text(String text) implements TemplateNode {}

    record Action(Pipeline pipeline) implements TemplateNode {}

    record If(Pipeline condition, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record With(Pipeline value, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record Range(Pipeline values, List<TemplateNode> body, List<TemplateNode> otherwise) implements TemplateNode {}

    record Include(int at, String name, @Nullable Pipeline data) implements TemplateNode {}

    record Break() implements TemplateNode {}

    record Continue() implements TemplateNode {}

    /**
     * Commands, each handing its value to the next as the last argument.
     *
     * @param variables those that get the value
     * @param assigns whether they are there already
     */
    record Pipeline(int at, List<String> variables, boolean assigns, List<Command> commands) implements Operand {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            if (!variables.isEmpty()) {
                out.append(String.join(", ", variables)).append(assigns ? " = " : " := ");
            }
            for (int i = 0; i < commands.size(); i++) {
                out.append(i > 0 ? " | " : "").append(commands.get(i));
            }
            return out.toString();
        }
    }

    record Command(int at, List<Operand> operands) {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            for (Operand operand : operands) {
                out.append(out.isEmpty() ? "" : " ");
                out.append(operand instanceof Pipeline ? "(" + operand + ")" : operand.toString());
            }
            return out.toString();
        }
    }

    /** What has a value. */
    sealed interface Operand {
        int at();
    }

    record Dot(int at) implements Operand {
        @Override
        public String toString() {
            return ".";
        }
    }

    record Nil(int at) implements Operand {
        @Override
        public String toString() {
            return "nil";
        }
    }

    record Constant(int at, Object value, String text) implements Operand {
        @Override
        public String toString() {
            return text;
        }
    }

    record Call(int at, String function) implements Operand {
        @Override
        public String toString() {
            return function;
        }
    }

    record Variable(int at, String name) implements Operand {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A field of something, or of the dot, or a field of its field. */
    record Field(int at, @Nullable Operand of, List<String> names) implements Operand {
        @Override
        public String toString() {
            Operand owner = of;
            return (owner == null ? "" : owner instanceof Pipeline ? "(" + owner + ")" : owner.toString()) + "."
                    + String.join(".", names);
        }
    }
}

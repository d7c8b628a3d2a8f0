package dev.sluice.promql.template;

import dev.sluice.promql.template.TemplateNode.Operand;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function that templates can call.
 *
 * @param parameters what the arguments must be; the last stands for all further ones where {@code variadic}
 */
record TemplateFunction(List<Class<?>> parameters, boolean variadic, Body body) {
    /** What the function does. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(Arguments arguments);
    }

    /** The arguments of a call, checked against the parameters. */
    record Arguments(List<@Nullable Object> values) {
        String string(int index) {
            return (String) Objects.requireNonNull(any(index));
        }

        @Nullable
        Object any(int index) {
            return values.get(index);
        }

        int size() {
            return values.size();
        }
    }

    static TemplateFunction of(Body body, Class<?>... parameters) {
        return new TemplateFunction(List.of(parameters), false, body);
    }

    static TemplateFunction variadic(Body body, Class<?>... parameters) {
        return new TemplateFunction(List.of(parameters), true, body);
    }

    /** What is wrong with that many arguments; {@code null} where nothing is. */
    @Nullable
    String miscount(int arguments) {
        int least = parameters.size() - (variadic ? 1 : 0);
        if (variadic ? arguments >= least : arguments == least) {
            return null;
        }
        return "want " + (variadic ? "at least " : "") + least + " got " + arguments;
    }

    /**
     * What is wrong with the type of an argument; {@code null} where nothing is.
     *
     * @param operand what the argument comes from; {@code null} where that is the command before
     */
    @Nullable
    String mismatch(int index, @Nullable Object argument, @Nullable Operand operand) {
        Class<?> wanted = parameters.get(Math.min(index, parameters.size() - 1));
        if (wanted == Object.class || wanted.isInstance(argument)) {
            return null;
        }
        String name = goName(wanted);
        return switch (operand) {
            case TemplateNode.Nil nil -> "cannot assign nil to " + name;
            case TemplateNode.Constant constant when wanted == String.class -> "expected string; found " + constant;
            case TemplateNode.Constant constant -> "can't handle " + constant + " for arg of type " + name;
            case null, default ->
                argument == null
                        ? "invalid value; expected " + name
                        : "wrong type for value; expected " + name + "; got " + Values.type(argument);
        };
    }

    @Nullable
    Object call(List<@Nullable Object> arguments) {
        return body.call(new Arguments(arguments));
    }

    private static String goName(Class<?> type) {
        return type == String.class ? "string" : type == List.class ? "template.queryResult" : "*template.sample";
    }
}

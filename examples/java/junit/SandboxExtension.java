package junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import testing.JftSimulator;

/** One simulator for all tests of the JVM, and a sandbox for each test that has one as its parameter. */
public final class SandboxExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return Sandbox.of(simulator(context));
        } catch (IOException | InterruptedException error) {
            throw new ParameterResolutionException("There is no sandbox: " + error.getMessage(), error);
        }
    }

    /** The store of the root is closed when all tests are over. Where an IDE kills the JVM, the simulator ends with it. */
    private static JftSimulator simulator(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class).simulator;
    }

    private record Running(JftSimulator simulator) implements CloseableResource {
        static Running start() {
            try {
                return new Running(JftSimulator.start());
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }

        @Override
        public void close() throws IOException {
            simulator.close();
        }
    }
}

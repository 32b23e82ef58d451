package tapwarden.inspect.json;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * The published EVE schema, read from the shared folder ({@code TAPWARDEN_SHARED}, by default
 * {@code ../shared} beside the repository). A test that needs it is skipped aloud without it.
 */
public final class EveSchema {
  private final Schema schema;

  private EveSchema(Schema schema) {
    this.schema = schema;
  }

  public static EveSchema load() throws IOException {
    String shared = System.getenv().getOrDefault("TAPWARDEN_SHARED", "../../shared");
    Path file = Path.of(shared, "conformance", "eve-schema.json");
    Assumptions.assumeTrue(Files.isReadable(file), "SKIPPED: no EVE schema at " + file);
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    return new EveSchema(registry.getSchema(Files.readString(file), InputFormat.JSON));
  }

  /** What is wrong with an event; empty if nothing is. */
  public List<String> problems(String event) {
    return schema.validate(event, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}

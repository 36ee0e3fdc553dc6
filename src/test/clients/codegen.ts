import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../schema/published.graphql',
  documents: 'codegen/*.ts',
  importExtension: '.js',
  generates: {
    'generated/codegen/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        // No scalar is left as any.
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', Locale: 'string', URI: 'string' },
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
};
export default config;

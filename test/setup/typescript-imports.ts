/** `node --import` this one first: main's modules name each other without an extension, as bundlers like it. */
import { registerHooks } from 'node:module';
import path from 'node:path';

registerHooks({
  resolve: (id, context, next) => {
    const ours = context.parentURL?.endsWith('.ts') === true && /^\.\.?\//.test(id) && path.extname(id) === '';
    return next(ours ? `${id}.ts` : id, context);
  },
});

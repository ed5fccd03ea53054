import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/**
 * A part of the page that is loaded when it is first shown.
 *
 * @param load of the component; asked once
 * @param waiting what stands there meanwhile; nothing when left out
 */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting?: string,
): (props: Props) => preact.JSX.Element | null {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, setLoaded] = useState(loaded !== undefined);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      const keep = (component: ComponentType<Props>): void => {
        loaded = component;
        setLoaded(true);
      };
      load().then(keep, () => setMissing(true));
    }, []);
    if (isMissing)
      return (
        <p class="failed" role="alert">
          This part of the page could not be loaded. Is `wheelsdown serve` still running? Then load
          the page anew.
        </p>
      );
    if (!loaded)
      return waiting === undefined ? null : (
        <p class="waiting" role="status">
          {waiting} …
        </p>
      );
    const Part = loaded;
    return <Part {...props} />;
  };
}

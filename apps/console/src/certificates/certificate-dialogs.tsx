import type { CertificateWire } from '@elbow/api';
import type { CertificateAction } from './certificate-operations.tsx';
import type { CertificateUse } from './certificate-uses.ts';
import { DeleteCertificateDialog } from './delete-certificate-dialog.tsx';
import { ModifyCertificateDrawer } from './modify-certificate-drawer.tsx';
import { ReplaceCertificateDialog } from './replace-certificate-dialog.tsx';

export interface CertificateDialogsProps {
  readonly action: CertificateAction;
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onClose: () => void;
}

/** What opens for an operation of the list. */
export function CertificateDialogs({ action, ...props }: CertificateDialogsProps) {
  switch (action) {
    case 'modify':
      return <ModifyCertificateDrawer {...props} />;
    case 'replace':
      return <ReplaceCertificateDialog {...props} />;
    case 'delete':
      return <DeleteCertificateDialog {...props} />;
  }
}

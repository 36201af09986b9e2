import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type CommittedImport,
  type InvitedAgain,
  rosterRoutes,
} from '#shared/roster/roster.contract.ts'
import type { FindingCode, RowOutcome } from '#shared/roster/roster.vocabulary.ts'
import { call, queryFor } from '../../app/api.ts'
import { useMe } from '../../app/session.ts'

export interface ImportParams {
  regionId: string
  importId: string
}

/** Answers that hold sentences are asked anew once the server knows of another language. */
function useReader(): string {
  return useMe()?.language ?? 'fr'
}

export function useImports(regionId: string) {
  return useQuery(queryFor(rosterRoutes.imports, { params: { regionId } }))
}

export function useDraft(params: ImportParams) {
  const query = queryFor(rosterRoutes.draft, { params })
  return useQuery({ ...query, queryKey: [...query.queryKey, 'draft', useReader()] })
}

export function useDryRun(params: ImportParams) {
  const query = queryFor(rosterRoutes.dryRun, { params })
  return useQuery({ ...query, queryKey: [...query.queryKey, useReader()] })
}

/** Which rows of a dry run to look at. */
export interface RowFilter {
  outcome?: RowOutcome
  finding?: FindingCode
  remarkable?: boolean
}

export function useVerdicts(params: ImportParams, { outcome, finding, remarkable }: RowFilter) {
  const reader = useReader()
  const base = ['api', 'regions', params.regionId, 'imports', params.importId, 'rows']
  return useInfiniteQuery({
    queryKey: [...base, outcome, finding, remarkable, reader],
    queryFn: ({ pageParam, signal }) =>
      call(
        rosterRoutes.verdicts,
        {
          params,
          query: {
            ...(outcome ? { outcome } : {}),
            ...(finding ? { finding } : {}),
            ...(remarkable ? { remarkable: 'true' } : {}),
            after: pageParam,
            limit: 25,
          },
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

const committing = (importId: string) => ['commit-import', importId]

/** Does what the dry run said; its answer outlives the page of the verdict, see {@link useInvitedAgain}. */
export function useCommit(params: ImportParams) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: committing(params.importId),
    mutationFn: (fingerprint: string) =>
      call(rosterRoutes.commit, { params, body: { fingerprint } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
}

/** Who is invited again because of what was just committed here; nobody once one has come back later. */
export function useInvitedAgain(importId: string): InvitedAgain[] {
  const [done] = useMutationState({
    filters: { mutationKey: committing(importId), status: 'success' },
    select: ({ state }) => state.data as CommittedImport,
  })
  return done?.invitedAgain ?? []
}

export function useAbsent(params: ImportParams, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['api', 'regions', params.regionId, 'imports', params.importId, 'absent'],
    queryFn: ({ pageParam, signal }) =>
      call(rosterRoutes.absent, { params, query: { after: pageParam } }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    enabled,
  })
}

export function useSites(regionId: string) {
  return useQuery(queryFor(rosterRoutes.sites, { params: { regionId } }))
}

export function usePeople(regionId: string, search: string, siteId: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['api', 'regions', regionId, 'people', search, siteId],
    queryFn: ({ pageParam, signal }) =>
      call(
        rosterRoutes.people,
        {
          params: { regionId },
          query: {
            search,
            // Few enough to scroll past on a phone.
            limit: 10,
            ...(siteId ? { siteId } : {}),
            ...(pageParam ? { after: pageParam } : {}),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

/** Numbers as the reader writes them: 2 861, 2,861. */
export function useNumbers(): (value: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language)
  return (value) => format.format(value)
}
